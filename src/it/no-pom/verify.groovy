import app.trackpay.it.Story

Story.in(basedir)
    .says("REHEARSAL: the plan is proved",
          "[1/2] 20260101090000_notes.sql", "[2/2] 20260102100000_policies.sql",
          "error[policy-without-grant]", "notes_delete_own",
          "REHEARSAL: the plan was tried")
    .verdict("health", "findings")
    .isReadable()
return true
