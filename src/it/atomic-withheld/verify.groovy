import app.trackpay.it.Story

Story.in(basedir)
    .says("LIVE: connecting to 127.0.0.1", "ATOMIC: the pending steps run in one transaction", "[10/10] 040_manifest.sql",
          "ATOMIC: nothing was committed", "error[wrong-identity] policy public.trackpay_relationship_audit.tp_relationship_audit_select_provider",
          "apply: findings", "BUILD FAILURE")
    .says("3.8", "pending", "status: pass")
    .says("status: pass", "[10/10] 040_manifest.sql", "the plan's tables held no row before",
          "| provider |", " statements tried, all of them taken back", "Applied 10 steps. Everything was committed at once.", "apply: pass")
    .isReadable()
return true
