-- The hash of the batch at a ledger position ($1).
SELECT encode(batch_sha256, 'hex') AS batch_sha256
FROM rectrack.batch
WHERE position = $1;
