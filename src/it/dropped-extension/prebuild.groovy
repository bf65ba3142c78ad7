import app.trackpay.it.Story

Story.in(basedir).reference().append("030_indexes.sql", "\nDROP EXTENSION pgcrypto;\n")
return true
