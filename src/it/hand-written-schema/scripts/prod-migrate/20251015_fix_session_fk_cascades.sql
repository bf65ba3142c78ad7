ALTER TABLE trackpay_payments DROP CONSTRAINT IF EXISTS trackpay_payments_session_id_fkey;
ALTER TABLE trackpay_payments ADD CONSTRAINT trackpay_payments_session_id_fkey
    FOREIGN KEY (session_id) REFERENCES trackpay_sessions (id) ON DELETE RESTRICT;

ALTER TABLE trackpay_requests DROP CONSTRAINT IF EXISTS trackpay_requests_session_id_fkey;
ALTER TABLE trackpay_requests ADD CONSTRAINT trackpay_requests_session_id_fkey
    FOREIGN KEY (session_id) REFERENCES trackpay_sessions (id) ON DELETE SET NULL;

ALTER TABLE trackpay_activities DROP CONSTRAINT IF EXISTS trackpay_activities_session_id_fkey;
ALTER TABLE trackpay_activities ADD CONSTRAINT trackpay_activities_session_id_fkey
    FOREIGN KEY (session_id) REFERENCES trackpay_sessions (id) ON DELETE SET NULL;
