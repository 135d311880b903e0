-- The newest record of each recommendation that a State ($1) spoke of, as of a day ($2), known at a ledger position ($3), of a set
-- of kinds ($4: 1 reported, 2 assessed, 3 both), those of its earlier versions included; by the rules that tables are counted by.
SELECT DISTINCT ON (rec_id) coalesce(c.current_id, n.rec_id) AS rec_id,
       n.level,
       n.as_of,
       CASE n.kind WHEN 1 THEN 'reported' ELSE 'assessed' END AS kind,
       a.received_on,
       a.channel,
       a.source,
       n.note,
       n.evidence,
       n.batch_id || '.' || n.line AS record
FROM rectrack.status_record n
JOIN rectrack.batches_at($3) b USING (batch_id)
JOIN rectrack.response a ON (a.batch_id, a.response) = (n.batch_id, n.response)
LEFT JOIN rectrack.successors_at($3) c ON c.rec_id = n.rec_id
WHERE n.state_id = $1
  AND n.as_of <= $2
  AND n.kind & $4 <> 0
  AND (n.state_id, n.rec_id, n.kind, n.as_of, n.rev) NOT IN
      (SELECT w.state_id, w.rec_id, w.kind, w.as_of, w.rev
       FROM rectrack.withdrawal w
       JOIN rectrack.batches_at($3) u USING (batch_id)
       WHERE w.state_id = $1)
ORDER BY rec_id, n.as_of DESC, c.rec_id IS NULL DESC, n.rec_id DESC, CASE WHEN $4 = 3 THEN n.batch_id END DESC, n.rev DESC, n.kind DESC;
