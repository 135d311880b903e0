-- The status records that count, in the columns and the order of a status file: those of one key stand in the order of
-- recording. $1 of a State, $2 of a document, $3 of a recommendation by its full reference, $4 with a level, $5 of a kind, $6 of a
-- batch, $7 only what batches after that ledger position brought, $8 as known at that position (NULL: now).
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
JOIN rectrack.batches_at(coalesce($8::integer, 2147483647)) b USING (batch_id)
JOIN rectrack.response a ON (a.batch_id, a.response) = (n.batch_id, n.response)
JOIN rectrack.state s ON s.state_id = n.state_id
JOIN rectrack.recommendation r USING (rec_id)
JOIN rectrack.document d USING (document_id)
JOIN rectrack.level l ON l.level_id = n.level
WHERE ($1::text IS NULL OR s.iso3 = $1)
  AND ($2::text IS NULL OR d.symbol = $2)
  AND ($3::text IS NULL OR d.symbol || ':' || r.place = $3)
  AND ($4::text IS NULL OR l.code = $4)
  AND ($5::text IS NULL OR n.kind = CASE $5 WHEN 'reported' THEN 1 ELSE 2 END)
  AND ($6::integer IS NULL OR n.batch_id = $6)
  AND ($7::integer IS NULL OR b.position > $7)
  AND (n.state_id, n.rec_id, n.kind, n.as_of, n.rev) NOT IN
      (SELECT w.state_id, w.rec_id, w.kind, w.as_of, w.rev
       FROM rectrack.withdrawal w
       JOIN rectrack.batches_at(coalesce($8::integer, 2147483647)) c USING (batch_id))
ORDER BY s.iso3 COLLATE "C", d.symbol COLLATE "C", r.place_key COLLATE "C", n.kind, n.as_of, n.rev;
