-- Notes a migration that was just applied.
INSERT INTO rectrack.migration (version, name, sha256)
VALUES ($1, $2, $3);
