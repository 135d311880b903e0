-- Takes back a copy that isn't right.
DROP SCHEMA IF EXISTS rectrack CASCADE;
