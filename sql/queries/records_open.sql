-- Opens the cursor "records" on the status records that batches after a ledger position ($1) brought and that count at another ($2),
-- in the columns that the import of status records reads. Scrolled, as some formats read a table twice.
DECLARE records SCROLL CURSOR FOR
SELECT s.iso3 AS state,
       d.symbol || ':' || r.place AS recommendation,
       l.code AS level,
       n.as_of,
       CASE n.kind WHEN 1 THEN 'reported' ELSE 'assessed' END AS kind,
       a.received_on,
       a.channel,
       a.source,
       n.note,
       n.evidence,
       n.language
FROM rectrack.status_record n
JOIN rectrack.batches_at($2) b USING (batch_id)
JOIN rectrack.response a ON (a.batch_id, a.response) = (n.batch_id, n.response)
JOIN rectrack.state s ON s.state_id = n.state_id
JOIN rectrack.recommendation r USING (rec_id)
JOIN rectrack.document d USING (document_id)
JOIN rectrack.level l ON l.level_id = n.level
WHERE b.position > $1
  AND (n.state_id, n.rec_id, n.kind, n.as_of, n.rev) NOT IN
      (SELECT w.state_id, w.rec_id, w.kind, w.as_of, w.rev
       FROM rectrack.withdrawal w
       JOIN rectrack.batches_at($2) c USING (batch_id))
ORDER BY s.iso3 COLLATE "C", d.symbol COLLATE "C", r.place_key COLLATE "C", n.kind, n.as_of, n.rev;
