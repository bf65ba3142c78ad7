// the very same plan
def plan = new File(basedir, "scripts/prod-migrate")
plan.mkdirs()
new File(basedir, "../../../src/it/hand-written-schema/scripts/prod-migrate").eachFile { new File(plan, it.name).bytes = it.bytes }
return true
