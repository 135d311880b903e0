-- Puts a batch into the ledger. $1 position, $2 batch_id, $3 kind, $4 summary, $5 notice, $6 file name, $7 file SHA-256,
-- $8 recorded_at (microseconds since 1970), $9 recorded_by, $10 operating-system user, $11 tool version, $12 content,
-- $13 the hash of the batch before, $14 its own (hashes in hexadecimal).
INSERT INTO rectrack.batch (position, batch_id, kind, summary, notice, file_name, file_sha256, recorded_at, recorded_by,
                            os_user, tool_version, content, previous_sha256, batch_sha256)
VALUES ($1, $2, $3, $4, $5, $6, decode($7, 'hex'), timestamptz 'epoch' + $8::bigint * interval '1 microsecond', $9,
        $10, $11, $12, decode($13, 'hex'), decode($14, 'hex'));
