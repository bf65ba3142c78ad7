import app.trackpay.it.Story

Story.in(basedir)
    .says("error[step-failed] file index.sql", "apply: findings (1 error")
    .says("step 2 (index.sql) stopped in an earlier apply at a statement outside a transaction, which the server refused: CREATE UNIQUE INDEX",
          "error[unlisted-file] file later.sql", "error[changed-after-apply] file notes.sql", "apply: findings (2 errors")
    .says("2", "index.sql", "unfinished", "step 2 (index.sql) stopped in an earlier apply",
          "error[changed-after-apply] file notes.sql", "status: findings")
    .saysTimes(2, "step 2 (index.sql) stopped in an earlier apply")
    .isReadable()
return true
