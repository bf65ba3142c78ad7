import app.trackpay.it.Story

Story.in(basedir)
    .says("REHEARSAL: the plan is proved on a throw-away PostgreSQL (scratch server 127.0.0.1:",
          "[10/10] 040_manifest.sql", "Applied 10 steps", "apply: pass",
          "REHEARSAL: the plan was proved on a throw-away PostgreSQL 17.", "(scratch server 127.0.0.1:",
          "health: pass")
    .says("Testcontainers, which starts one, is not there. Add it to the plugin in the pom", "<artifactId>testcontainers</artifactId>")
    .says("REHEARSAL: nothing was proved")
    .says("trackpay.rehearsal is \"contaner\"; it may be embedded, container, or the postgresql:// URL of a scratch server")
    .neverSays("LIVE:", "ClassNotFound", "NoClassDef")
    .leavesTheScratchServerAsItWas()
    .isReadable()
return true
