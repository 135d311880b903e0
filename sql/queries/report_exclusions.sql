-- What a table at a ledger position ($1) must leave out: every batch that was begun and doesn't count there - later ones, undone ones,
-- those that were never sealed -, one row each; and a row with NULL when some record was withdrawn by then.
SELECT g.batch_id
FROM generate_series(1, (SELECT last_value::integer FROM rectrack.batch_id)) g (batch_id)
WHERE g.batch_id NOT IN (SELECT c.batch_id FROM rectrack.batches_at($1) c)
UNION ALL
SELECT NULL
WHERE EXISTS (SELECT
              FROM rectrack.withdrawal w
              JOIN rectrack.batches_at($1) b USING (batch_id))
ORDER BY batch_id;
