-- How many tables a backup must have.
SELECT count(*) AS tables
FROM pg_class
WHERE relnamespace = 'rectrack'::regnamespace
  AND relkind = 'r';
