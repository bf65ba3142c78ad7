import app.trackpay.it.Story

Story.in(basedir)
    .says("000_extensions.sql", "found 2 extensions", "would be", "Nothing was recorded (trackpay.dryRun)", "adopt: pass")
    .says("found 8 tables", "yes", "20 recorded, 0 were recorded before, 1 left for apply", "adopt: pass")
    .says("[10/10] 040_manifest.sql", "Applied 1 step; the others were applied before.", "apply: pass")
    .says("020_rls_policies.sql", "adopted", "040_manifest.sql", "applied", "status: pass")
    .neverSays("[9/10]", "REHEARSAL")
    .isReadable()
return true
