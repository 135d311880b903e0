-- What a table at a ledger position ($1) must leave out: the batches that don't count there, later ones and undone ones, one row
-- each; and a row with NULL when some record was withdrawn by then. What a batch brought is told by its content, which is verified,
-- not by the kind that its writer gave it.
SELECT b.batch_id
FROM rectrack.batch b
WHERE position(E'\nstatus_record ' IN E'\n' || b.content) > 0
  AND b.batch_id NOT IN (SELECT c.batch_id FROM rectrack.batches_at($1) c)
UNION ALL
SELECT NULL
WHERE EXISTS (SELECT
              FROM rectrack.withdrawal w
              JOIN rectrack.batches_at($1) b USING (batch_id))
ORDER BY batch_id;
