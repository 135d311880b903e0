-- Everything that States may be called by, as known at a ledger position ($1).
SELECT n.state_id,
       n.name_key,
       min(n.name) AS name
FROM rectrack.state_name n
JOIN rectrack.batches_at($1) b USING (batch_id)
GROUP BY n.state_id, n.name_key
ORDER BY n.state_id, n.name_key;
