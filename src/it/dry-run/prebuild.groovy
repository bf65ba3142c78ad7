import app.trackpay.it.Story

// somebody signed up before the first release
Story.in(basedir).reference().liveAfter("CREATE TABLE public.waiting_list (email text); INSERT INTO public.waiting_list VALUES ('a@example.org');")
    .append("030_indexes.sql", "\nALTER TABLE public.waiting_list ALTER COLUMN email TYPE varchar(200);\nCREATE INDEX waiting_list_email ON public.waiting_list (email);\n")
return true
