import app.trackpay.it.Story

def plan = { steps -> "version: 1\nsteps:\n" + steps.collect { "  - { id: ${it}, file: ${it}.sql }\n" }.join() }
Story.in(basedir)
    .liveAfter("CREATE POLICY everybody ON storage.objects FOR SELECT USING (true)")
    .write("trackpay.yaml", plan(["one", "two", "three"]))
    .write("one.sql", "CREATE TABLE public.notes (id int PRIMARY KEY, text text);\nALTER TABLE public.notes ENABLE ROW LEVEL SECURITY;\n")
    .write("two.sql", "CREATE POLICY own ON public.notes FOR SELECT TO authenticated USING (text = 'mine');\n")
    .write("three.sql", "CREATE TABLE public.later (id int PRIMARY KEY);\n")
def first = new File(basedir, "scripts/first")
first.mkdirs()
new File(first, "trackpay.yaml").text = plan(["one", "two"])
["one.sql", "two.sql"].each { new File(first, it).text = new File(basedir, "scripts/prod-migrate/" + it).text }
return true
