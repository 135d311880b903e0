-- The batches that brought in a register shipped with the program, the newest first.
SELECT b.batch_id
FROM rectrack.batch b
JOIN rectrack.batches_at(2147483647) USING (batch_id)
WHERE b.kind = 'register'
  AND b.file_name IS NULL
ORDER BY b.position DESC;
