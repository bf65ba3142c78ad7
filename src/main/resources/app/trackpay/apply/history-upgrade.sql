-- Brings a history of any earlier form to what history-create.sql makes; history-rest.sql runs behind it, in the same transaction.
ALTER TABLE trackpay_history.steps
    ADD COLUMN IF NOT EXISTS attempt text,
    ADD COLUMN IF NOT EXISTS attempt_failed boolean NOT NULL DEFAULT false,
    ADD COLUMN IF NOT EXISTS evidence text;

