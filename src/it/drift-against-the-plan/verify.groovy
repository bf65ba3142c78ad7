import app.trackpay.it.Story

Story.in(basedir)
    .says("Applied 2 steps", "apply: pass")
    .says("the manifest is a rehearsal of the plan up to step two, the last one applied",
          "error[drift-unexpected] policy storage.objects.everybody", "access widened",
          "sql: DROP POLICY everybody ON storage.objects;", "check-manifest: findings (1 error")
    .errors("check-manifest", "drift-unexpected policy storage.objects.everybody")
    .isReadable()
return true
