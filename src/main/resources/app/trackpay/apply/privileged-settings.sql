-- Which of some settings only a superuser may change, or whom one has granted that.
SELECT pg_catalog.upper(name)
FROM pg_catalog.pg_settings
WHERE context IN ('superuser', 'superuser-backend')
    AND pg_catalog.upper(name) = ANY (pg_catalog.string_to_array(?, ','))
