-- Removes the schema in whose place a backup has come.
DROP SCHEMA rectrack_before_restore CASCADE;
