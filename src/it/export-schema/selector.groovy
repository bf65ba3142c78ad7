// no pg_dump, no export
return new File("/usr/bin/pg_dump").canExecute()
