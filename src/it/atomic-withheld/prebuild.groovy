import app.trackpay.it.Story
import app.trackpay.plan.ReferenceSet

// every step runs, every step leaves behind what it provides, and one policy locks the providers out of their audit trail
Story.in(basedir).reference().live()
    .replace("020_rls_policies.sql",
             "CREATE POLICY tp_relationship_audit_select_provider ON public.trackpay_relationship_audit\n    FOR SELECT TO authenticated\n    USING (provider_id = (SELECT public.current_trackpay_user_id()))",
             "CREATE POLICY tp_relationship_audit_select_provider ON public.trackpay_relationship_audit\n    FOR SELECT TO authenticated\n    USING (provider_id = (SELECT auth.uid()))")
ReferenceSet.write(new File(basedir, "mended").toPath())
return true
