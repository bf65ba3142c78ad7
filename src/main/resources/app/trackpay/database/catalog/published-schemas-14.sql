-- 14 has no FOR TABLES IN SCHEMA.
SELECT NULL::name AS publication, NULL::name AS schema WHERE false
