-- The ledger in the order of positions, each column as its canonical form writes it.
SELECT position, batch_id, kind, summary, notice, file_name, encode(file_sha256, 'hex') AS file_sha256,
       rectrack.microseconds(recorded_at) AS recorded_at, recorded_by, os_user, tool_version, content,
       encode(previous_sha256, 'hex') AS previous_sha256, encode(batch_sha256, 'hex') AS batch_sha256
FROM rectrack.batch
ORDER BY position;
