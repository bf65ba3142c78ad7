import app.trackpay.it.Story

// a later file takes a column away again
Story.in(basedir).reference()
    .append("030_indexes.sql", "\nALTER TABLE public.trackpay_payments DROP COLUMN session_ids;\n")
return true
