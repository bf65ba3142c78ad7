import app.trackpay.it.Story

Story.in(basedir)
    .says("DRY RUN: the pending steps run in one transaction", "[10/10] 040_manifest.sql",
          "the plan's tables held no row before", " statements tried, all of them taken back",
          "locks on tables that were there before", "public.waiting_list", "ACCESS EXCLUSIVE",
          "what the plan would change in the catalog", "+ table public.trackpay_payments", "DRY RUN: everything was rolled back",
          "warning[rewrites-table] table public.waiting_list in step 3.8", "apply: pass")
    .says("3.0", "pending", "040_manifest.sql", "pending", "This database has no history of these steps", "status: pass")
    .isReadable()
return true
