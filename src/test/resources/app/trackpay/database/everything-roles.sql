CREATE ROLE catalog_owner NOLOGIN;
CREATE ROLE catalog_reader LOGIN CREATEDB CREATEROLE REPLICATION NOINHERIT CONNECTION LIMIT 4 VALID UNTIL '2030-01-02 03:04:05+00';
CREATE ROLE "catalog ""odd"", name" BYPASSRLS IN ROLE catalog_reader;
GRANT catalog_owner TO catalog_reader WITH ADMIN OPTION;
ALTER ROLE catalog_reader SET statement_timeout = '8s';
