import app.trackpay.it.Story

Story.in(basedir)
    .saysTimes(3, "health: pass (0 errors, 0 warnings, 0 info)")
    .saysTimes(2, "health runs once in this build")
    .verdict("health", "pass")
    .isReadable()
assert !new File(basedir, "app/target/trackpay").exists()
return true
