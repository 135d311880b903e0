-- The documents known at a ledger position ($1), in the order of their symbols.
SELECT d.document_id,
       d.symbol,
       coalesce(d.title, '') AS title,
       coalesce(d.body, '') AS body,
       coalesce(d.session, '') AS session,
       d.held_to,
       d.dated
FROM rectrack.document d
JOIN rectrack.batches_at($1) b USING (batch_id)
ORDER BY d.symbol COLLATE "C", d.document_id;
