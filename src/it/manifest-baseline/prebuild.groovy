import app.trackpay.it.Story

Story.in(basedir).reference()
def manifest = new File(basedir, "scripts/prod-migrate/manifest.json").text
def older = manifest.replace('"policy public.trackpay_users.tp_users_select_self"', '"policy public.trackpay_users.of_old"')
    .replace('"setting statement_timeout": "3s"', '"setting statement_timeout": "9s"')
assert older != manifest
new File(basedir, "older.json").text = older
return true
