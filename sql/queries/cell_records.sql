-- Every record of one State ($1, alpha-3) and recommendation ($2, full reference), newest first: what it says, who recorded it when,
-- and what became of it by a ledger position ($3). What was said of earlier versions of the recommendation counts for it too.
WITH target AS (
    SELECT r.rec_id
    FROM rectrack.recommendation r
    JOIN rectrack.document d USING (document_id)
    JOIN rectrack.batches_at($3) e ON e.batch_id = d.batch_id
    WHERE d.symbol || ':' || r.place = $2
)
SELECT n.batch_id || '.' || n.line AS record,
       l.code AS level,
       v.label,
       n.as_of,
       n.kind,
       n.rev,
       a.received_on,
       a.channel,
       a.source,
       n.note,
       n.evidence,
       b.position,
       to_char(b.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS recorded_at,
       b.recorded_by,
       b.os_user,
       b.file_name,
       b.kind AS batch_kind,
       b.summary,
       (SELECT w.reason
        FROM rectrack.withdrawal w
        JOIN rectrack.batches_at($3) c USING (batch_id)
        WHERE (w.state_id, w.rec_id, w.kind, w.as_of, w.rev) = (n.state_id, n.rec_id, n.kind, n.as_of, n.rev)
        ORDER BY c.position
        LIMIT 1) AS withdrawn,
       (SELECT w.reason
        FROM rectrack.batch_withdrawal w
        JOIN rectrack.batch u ON u.batch_id = w.batch_id
        WHERE w.withdrawn_batch_id = n.batch_id
          AND u.position <= $3
        ORDER BY u.position
        LIMIT 1) AS undone,
       n.rec_id IN (SELECT t.rec_id FROM target t) AS of_itself,
       d.symbol || ':' || r.place AS reference
FROM rectrack.status_record n
JOIN rectrack.batch b USING (batch_id)
JOIN rectrack.response a ON (a.batch_id, a.response) = (n.batch_id, n.response)
JOIN rectrack.state s ON s.state_id = n.state_id
JOIN rectrack.recommendation r USING (rec_id)
JOIN rectrack.document d USING (document_id)
JOIN rectrack.level l ON l.level_id = n.level
JOIN (SELECT DISTINCT ON (v.level_id) v.level_id, v.label
      FROM rectrack.level_version v
      JOIN rectrack.batches_at($3) c USING (batch_id)
      ORDER BY v.level_id, c.position DESC) v ON v.level_id = n.level
WHERE s.iso3 = $1
  AND (n.rec_id IN (SELECT t.rec_id FROM target t)
       OR n.rec_id IN (SELECT c.rec_id FROM rectrack.successors_at($3) c JOIN target t ON t.rec_id = c.current_id))
ORDER BY n.as_of DESC, of_itself DESC, n.rec_id DESC, b.batch_id DESC, n.rev DESC, n.kind DESC;
