-- What deparsed text, and the right to read on, would otherwise take from the session. All of it ends with the transaction.
SET LOCAL search_path = '';
SET LOCAL quote_all_identifiers = off;
SET LOCAL standard_conforming_strings = on;
SET LOCAL DateStyle = 'ISO, MDY';
SET LOCAL IntervalStyle = 'postgres';
SET LOCAL TimeZone = 'UTC';
SET LOCAL bytea_output = 'hex';
SET LOCAL extra_float_digits = 1;
SET LOCAL xmlbinary = 'base64';
SET LOCAL array_nulls = on;
SET LOCAL lc_monetary = 'C';
SET LOCAL lc_numeric = 'C';
-- A role's own short limits are meant for its queries, not for this; a lock held by a migration must not keep the reader for ever.
SET LOCAL statement_timeout = '10min';
SET LOCAL lock_timeout = '30s';
-- Estimates for arrays that are taken apart, and for freshly made catalogs, are far off: a nested loop chosen for ten rows would run
-- over thousands, and compiling would cost more than it saves.
SET LOCAL enable_nestloop = off;
SET LOCAL jit = off;
SET LOCAL max_parallel_workers_per_gather = 0;
-- Thousands of tables are sorted and joined in memory rather than on disk.
SET LOCAL work_mem = '64MB'
