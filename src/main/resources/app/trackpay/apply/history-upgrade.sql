-- Brings a history of any earlier form to what history-create.sql makes; history-own.sql runs behind it, in the same transaction.
ALTER TABLE trackpay_history.steps
    ADD COLUMN IF NOT EXISTS attempt text,
    ADD COLUMN IF NOT EXISTS attempt_failed boolean NOT NULL DEFAULT false,
    ADD COLUMN IF NOT EXISTS evidence text;

COMMENT ON COLUMN trackpay_history.steps.attempt IS
    'The statement outside a transaction that was begun and is not known to have ended';
COMMENT ON COLUMN trackpay_history.steps.attempt_failed IS 'The server refused that statement; it may have left something behind';
COMMENT ON COLUMN trackpay_history.steps.evidence IS
    'Set for a step that was adopted instead of run: what was found in the database';

CREATE TABLE IF NOT EXISTS trackpay_history.changes (
    step text NOT NULL,
    section integer NOT NULL,
    file text NOT NULL,
    old_checksum text NOT NULL,
    new_checksum text NOT NULL,
    reason text NOT NULL,
    accepted_at timestamp with time zone NOT NULL,
    accepted_by text NOT NULL,
    plugin_version text NOT NULL
);

COMMENT ON TABLE trackpay_history.changes IS 'Files that changed after they were applied, and why that was accepted';

