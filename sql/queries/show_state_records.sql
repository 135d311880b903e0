-- The newest status of each recommendation that a State ($1, alpha-3) spoke of.
SELECT d.symbol || ':' || r.place AS recommendation, l.code AS level, n.as_of,
       CASE n.kind WHEN 1 THEN 'reported' ELSE 'assessed' END AS kind, n.batch_id || '.' || n.line AS id, n.note
FROM (SELECT DISTINCT ON (n.rec_id, n.kind) n.*
      FROM rectrack.status_record n
      JOIN rectrack.batches_at(2147483647) b USING (batch_id)
      WHERE n.state_id = (SELECT s.state_id FROM rectrack.state s WHERE s.iso3 = $1)
        AND (n.state_id, n.rec_id, n.kind, n.as_of, n.rev) NOT IN
            (SELECT w.state_id, w.rec_id, w.kind, w.as_of, w.rev
             FROM rectrack.withdrawal w
             JOIN rectrack.batches_at(2147483647) c USING (batch_id))
      ORDER BY n.rec_id, n.kind, n.as_of DESC, n.rev DESC) n
JOIN rectrack.recommendation r USING (rec_id)
JOIN rectrack.document d USING (document_id)
JOIN rectrack.level l ON l.level_id = n.level
ORDER BY d.symbol COLLATE "C", r.place_key COLLATE "C", n.kind;
