-- Whether this database has the schema at all.
SELECT to_regclass('rectrack.migration') IS NOT NULL;
