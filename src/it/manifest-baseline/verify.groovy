import app.trackpay.it.Story

Story.in(basedir)
    .says("REHEARSAL: the plan is proved", "manifest.json is up to date: nothing was written", "save-manifest: pass")
    .says("wrote ", "own.json: ", " objects", "save-manifest: pass")
    .says("compared ", ": 0 differ", "check-manifest: pass")
    .says("PostgreSQL 15.", ": 0 differ", "check-manifest: pass")
    .says("none.json: there is no such file, so there is nothing to compare with. Write it with the goal save-manifest")
    .says("A rehearsal of the plan can only be compared with a live database, and there is no database URL")
    .says("~ role anon (setting statement_timeout)", "wrote ", "older.json: 194 objects, 3 of them changed", "save-manifest: pass")
    .says("- policy public.trackpay_users.of_old, access narrowed",
          "+ policy public.trackpay_users.tp_users_select_self, access widened")
    .isReadable()
def plan = new File(basedir, "scripts/prod-migrate/manifest.json")
assert new File(basedir, "own.json").text == plan.text
assert new File(basedir, "older.json").text == plan.text
return true
