-- Which State answers to which folded name or code.
SELECT DISTINCT n.name_key, n.state_id
FROM rectrack.state_name n
JOIN rectrack.batches_at(2147483647) b USING (batch_id);
