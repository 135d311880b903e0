-- Brings back the schema that had stepped aside.
ALTER SCHEMA rectrack_before_restore RENAME TO rectrack;
