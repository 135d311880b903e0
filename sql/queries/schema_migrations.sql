-- The migrations that this database has had.
SELECT version, sha256
FROM rectrack.migration
ORDER BY version;
