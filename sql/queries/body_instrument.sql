-- The instrument that a body's ($1, folded) recommendations concern.
SELECT m.instrument_id
FROM rectrack.body_instrument m
JOIN rectrack.batches_at(2147483647) b USING (batch_id)
WHERE m.body_key = $1
ORDER BY b.position DESC
LIMIT 1;
