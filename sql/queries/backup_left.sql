-- What a restore that was cut short has left: whether the schema from before it is still aside.
SELECT to_regnamespace('rectrack_before_restore') IS NOT NULL;
