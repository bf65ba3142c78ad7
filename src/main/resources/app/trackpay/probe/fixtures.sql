-- EXECUTE refuses COMMIT and COPY FROM stdin: fixtures cannot leave the transaction that takes them back.
DO $fixtures$
BEGIN
    EXECUTE pg_catalog.current_setting('trackpay.fixtures');
END
$fixtures$
