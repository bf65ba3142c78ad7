import app.trackpay.it.Story

Story.in(basedir)
    .says("wrote trackpay.yaml", "14 files in ")
    .says("REHEARSAL: the plan is proved on a throw-away PostgreSQL 17",
          "[1/10] 000_extensions.sql", "[3/10] 20251015_fix_fk_SAFE_SEQUENTIAL.sql  section 12/12", "[10/10] 040_manifest.sql",
          "Applied 10 steps", "Each step was run a second time and changed nothing more; that was rolled back.", "apply: pass (0 errors, 0 warnings, 0 info)", "REHEARSAL: the plan was proved on a throw-away PostgreSQL 17")
    .says("REHEARSAL: the plan is proved", " category ", " tables ", "health: pass (0 errors, 0 warnings, 0 info)", "REHEARSAL: the plan was proved")
    .verdict("apply", "pass")
    .says("own", "statements tried, all of them taken back", "verify-rls: pass (0 errors, 0 warnings, ", "check-manifest: pass (0 errors, 0 warnings, 0 info)")
    .verdict("verify-rls", "pass")
    .verdict("check-manifest", "pass")
    .verdict("health", "pass")
    .errors("health")
    .says("NO DATABASE: only the plan's files are looked at", "pending", "status: pass", "NO DATABASE: only the plan's files were looked at")
    .verdict("status", "pass")
    .isReadable()
return true
