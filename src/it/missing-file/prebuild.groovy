import app.trackpay.it.Story

Story.in(basedir).reference()
    .delete("015_rls_helper.sql")
    .write("015_rls_helper (copy).sql", "SELECT 1;\n")
return true
