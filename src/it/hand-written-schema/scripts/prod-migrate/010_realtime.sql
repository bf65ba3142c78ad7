ALTER PUBLICATION supabase_realtime ADD TABLE
    trackpay_users,
    trackpay_relationships,
    trackpay_sessions,
    trackpay_payments,
    trackpay_requests,
    trackpay_activities,
    trackpay_invites,
    trackpay_relationship_audit;
