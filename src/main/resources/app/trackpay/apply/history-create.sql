-- The record of what ran; history-own.sql runs behind it, in the same transaction.
CREATE SCHEMA IF NOT EXISTS trackpay_history;

CREATE TABLE trackpay_history.steps (
    place integer NOT NULL,
    step text NOT NULL,
    section integer NOT NULL,
    title text NOT NULL,
    file text NOT NULL,
    checksum text NOT NULL,
    parts integer NOT NULL,
    started_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    applied_by text NOT NULL,
    plugin_version text NOT NULL,
    attempt text,
    attempt_failed boolean NOT NULL DEFAULT false,
    evidence text,
    CONSTRAINT steps_pkey PRIMARY KEY (step, section)
);

CREATE TABLE trackpay_history.changes (
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

COMMENT ON SCHEMA trackpay_history IS 'What trackpay-maven-plugin applied to this database';
COMMENT ON COLUMN trackpay_history.steps.section IS '0 for a step without sections';
COMMENT ON COLUMN trackpay_history.steps.parts IS 'How much is done of a step with statements that cannot be in a transaction';
COMMENT ON COLUMN trackpay_history.steps.checksum IS 'SHA-256 of the text that ran';
COMMENT ON COLUMN trackpay_history.steps.attempt IS
    'The statement outside a transaction that was begun and is not known to have ended';
COMMENT ON COLUMN trackpay_history.steps.attempt_failed IS 'The server refused that statement; it may have left something behind';
COMMENT ON COLUMN trackpay_history.steps.evidence IS
    'Set for a step that was adopted instead of run: what was found in the database';
COMMENT ON TABLE trackpay_history.changes IS 'Files that changed after they were applied, and why that was accepted';

