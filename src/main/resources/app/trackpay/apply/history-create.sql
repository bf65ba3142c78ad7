-- The record of what ran; history-rest.sql runs behind it, in the same transaction.
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

COMMENT ON SCHEMA trackpay_history IS 'What trackpay-maven-plugin applied to this database';
COMMENT ON COLUMN trackpay_history.steps.section IS '0 for a step without sections';
COMMENT ON COLUMN trackpay_history.steps.parts IS 'How much is done of a step with statements that cannot be in a transaction';
COMMENT ON COLUMN trackpay_history.steps.checksum IS 'SHA-256 of the text that ran';

