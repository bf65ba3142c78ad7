import app.trackpay.it.Story

Story.in(basedir)
    .says("LIVE: connecting to 127.0.0.1", "pending", "LIVE: this was")
    .says("[10/10] 040_manifest.sql", "Applied 10 steps", "apply: pass")
    .says("Nothing to apply", "apply: pass", "health: pass")
    .says("020_rls_policies.sql", "applied", "status: pass")
    .neverSays("REHEARSAL")
    .hidesThePassword()
    .isReadable()
return true
