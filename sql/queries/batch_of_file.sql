-- The batch of a kind ($1) that brought in a file by its SHA-256 ($2, hexadecimal) and counts still.
SELECT b.position
FROM rectrack.batch b
JOIN rectrack.batches_at(2147483647) USING (batch_id)
WHERE b.file_sha256 = decode($2, 'hex')
  AND b.kind = $1
ORDER BY b.position
LIMIT 1;
