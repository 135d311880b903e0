-- The newest status of each recommendation that a State ($1, alpha-3) spoke of; what it said of superseded ones counts for those in
-- their place, on one day what it said of the newer one.
WITH said AS (
    SELECT n.*, coalesce(c.current_id, n.rec_id) AS current_id
    FROM rectrack.status_record n
    JOIN rectrack.batches_at(2147483647) b USING (batch_id)
    LEFT JOIN rectrack.successors_at(2147483647) c ON c.rec_id = n.rec_id
    WHERE n.state_id = (SELECT s.state_id FROM rectrack.state s WHERE s.iso3 = $1)
      AND (c.rec_id IS NULL OR c.current_id IS NOT NULL)
      AND (n.state_id, n.rec_id, n.kind, n.as_of, n.rev) NOT IN
          (SELECT w.state_id, w.rec_id, w.kind, w.as_of, w.rev
           FROM rectrack.withdrawal w
           JOIN rectrack.batches_at(2147483647) c USING (batch_id))
)
SELECT d.symbol || ':' || r.place AS recommendation, l.code AS level, n.as_of,
       CASE n.kind WHEN 1 THEN 'reported' ELSE 'assessed' END AS kind, n.batch_id || '.' || n.line AS id, n.note
FROM (SELECT DISTINCT ON (n.current_id, n.kind) n.*
      FROM said n
      ORDER BY n.current_id, n.kind, n.as_of DESC, n.rec_id = n.current_id DESC, n.rec_id DESC, n.rev DESC) n
JOIN rectrack.recommendation r ON r.rec_id = n.current_id
JOIN rectrack.document d USING (document_id)
JOIN rectrack.level l ON l.level_id = n.level
ORDER BY d.symbol COLLATE "C", r.place_key COLLATE "C", n.kind;
