-- What tables must repeat about the batches that they rest on, at a ledger position ($1).
SELECT DISTINCT b.notice
FROM rectrack.batch b
JOIN rectrack.batches_at($1) c USING (batch_id)
WHERE b.notice IS NOT NULL
ORDER BY b.notice;
