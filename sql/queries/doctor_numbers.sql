-- The number that a batch took last, the largest that there is, and the largest in the ledger.
SELECT n.last_value, s.seqmax, coalesce((SELECT max(b.batch_id) FROM rectrack.batch b), 0) AS largest
FROM rectrack.batch_id n
JOIN pg_sequence s ON s.seqrelid = 'rectrack.batch_id'::regclass;
