-- The newest batch and its hash.
SELECT position, encode(batch_sha256, 'hex') AS batch_sha256
FROM rectrack.batch
ORDER BY position DESC
LIMIT 1;
