import app.trackpay.it.Story

Story.in(basedir)
    .says("REHEARSAL: the plan is proved on a throw-away PostgreSQL (container postgres:15); no live database is looked at",
          "Starting a container of postgres:15", "[10/10] 040_manifest.sql", "Applied 10 steps", "apply: pass",
          "REHEARSAL: the plan was proved on a throw-away PostgreSQL 15.", "(container postgres:15); no live database was looked at",
          "statements tried, all of them taken back", "verify-rls: pass", "health: pass")
    .isReadable()
return true
