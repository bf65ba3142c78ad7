import app.trackpay.it.Story

Story.in(basedir)
    .says("REHEARSAL: the plan is proved",
          "[1/2] 20260101090000_notes.sql", "[2/2] 20260102100000_policies.sql", "apply: pass",
          "The plan's 2 steps have not changed: starting from the last rehearsal of them",
          "error[policy-without-grant]", "notes_delete_own",
          "REHEARSAL: the plan was tried")
    // migrations of the Supabase CLI are written to run once
    .neverSays("second time", "not-rerunnable")
    .verdict("health", "findings")
    .isReadable()
return true
