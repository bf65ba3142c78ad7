import app.trackpay.it.Story

Story.in(basedir)
    .says("8 tables: public.trackpay_activities",
        "added, because the tables need them: function public.touch_updated_at()",
        "2 policies were left out",
        "wrote ", "trackpay_schema.sql",
        "export-schema: pass")
    .verdict("export-schema", "pass")
    .isReadable()
def text = new File(basedir, "scripts/prod-migrate/trackpay_schema.sql").text
assert text.count("CREATE TABLE public.trackpay_") == 8
assert text.contains("CREATE FUNCTION public.touch_updated_at()")
assert !text.contains("CREATE POLICY")
return true
