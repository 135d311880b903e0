-- The newest status that a State ($1) reported of each recommendation up to a day ($2), as known at a ledger position ($3); what it
-- said of earlier versions of the recommendation counts too.
SELECT DISTINCT ON (rec_id) coalesce(c.current_id, n.rec_id) AS rec_id, n.level, n.as_of
FROM rectrack.status_record n
JOIN rectrack.batches_at($3) b USING (batch_id)
LEFT JOIN rectrack.successors_at($3) c ON c.rec_id = n.rec_id
WHERE n.state_id = $1
  AND n.kind = 1
  AND n.as_of <= $2
  AND (n.state_id, n.rec_id, n.kind, n.as_of, n.rev) NOT IN
      (SELECT w.state_id, w.rec_id, w.kind, w.as_of, w.rev
       FROM rectrack.withdrawal w
       JOIN rectrack.batches_at($3) u USING (batch_id))
ORDER BY rec_id, n.as_of DESC, c.rec_id IS NULL DESC, n.rec_id DESC, n.rev DESC;
