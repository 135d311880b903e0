-- The scales known at a ledger position ($1).
SELECT s.scale_id,
       s.code
FROM rectrack.scale s
JOIN rectrack.batches_at($1) b USING (batch_id)
ORDER BY s.scale_id;
