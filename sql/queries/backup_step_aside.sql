-- Makes room for a schema that is restored.
ALTER SCHEMA rectrack RENAME TO rectrack_before_restore;
