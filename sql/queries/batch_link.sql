-- Puts a batch at the end of the ledger, whose lock is held, as its writer saw that end: in the order of the columns.  Where another
-- batch has come in between, the table's key or its guard refuses it.
INSERT INTO rectrack.batch (position, batch_id, kind, summary, notice, file_name, file_sha256, recorded_at, recorded_by,
                            os_user, tool_version, content, previous_sha256, batch_sha256)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14);
