-- The records that moved pairs: those of the pairs ($1, $2: arrays of States and recommendations of one length) that speak of a day
-- after one ($3), or were recorded behind a ledger position ($7), and up to another day ($4), known at a position ($5), of a set of
-- kinds ($6: 1 reported, 2 assessed, 3 both);
-- the newest of each pair last, those of earlier versions of a recommendation included.
WITH version AS MATERIALIZED (
    SELECT r.rec_id AS current_id, r.rec_id
    FROM rectrack.recommendation r
    UNION ALL
    SELECT c.current_id, c.rec_id
    FROM rectrack.successors_at($5) c
)
SELECT p.state_id,
       p.rec_id,
       n.batch_id || '.' || n.line AS record,
       n.as_of,
       a.channel,
       a.source
FROM unnest($1::smallint[], $2::integer[]) p (state_id, rec_id)
JOIN version v ON v.current_id = p.rec_id
JOIN rectrack.status_record n ON (n.state_id, n.rec_id) = (p.state_id, v.rec_id)
JOIN rectrack.batches_at($5) b USING (batch_id)
JOIN rectrack.response a ON (a.batch_id, a.response) = (n.batch_id, n.response)
WHERE (n.as_of > $3 OR b.position > $7)
  AND n.as_of <= $4
  AND n.kind & $6 <> 0
  AND (n.state_id, n.rec_id, n.kind, n.as_of, n.rev) NOT IN
      (SELECT w.state_id, w.rec_id, w.kind, w.as_of, w.rev
       FROM rectrack.withdrawal w
       JOIN rectrack.batches_at($5) c USING (batch_id))
ORDER BY p.state_id, p.rec_id, n.as_of, v.rec_id = p.rec_id, v.rec_id, CASE WHEN $6 = 3 THEN n.batch_id END, n.rev, n.kind;
