import app.trackpay.it.Story

Story.in(basedir)
    .says("Applied 1 step.", "apply: pass")
    .says("error[changed-after-apply] file notes.sql",
          "mvn trackpay:accept-change -Dtrackpay.step=1 -Dtrackpay.reason=", "apply: findings (1 error")
    .says("accept-change: could-not-run", "Accepting a change needs the step's id and a reason")
    .says("applied text", "notes.sql", "comment", "Nothing was recorded (trackpay.dryRun)", "accept-change: pass")
    .says("applied text", "notes.sql", "comment", "Recorded: notes.sql counts as applied as it is now", "accept-change: pass")
    .says("Nothing to apply", "apply: pass")
    .isReadable()
return true
