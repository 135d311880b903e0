-- The newest status of each State that spoke of a recommendation ($1, full reference), or of those that it superseded: on one day
-- what was said of the newer one counts. "given_on" has the old reference.
WITH asked AS (
    SELECT r.rec_id
    FROM rectrack.recommendation r
    JOIN rectrack.document d USING (document_id)
    JOIN rectrack.batches_at(2147483647) e ON e.batch_id = d.batch_id
    WHERE d.symbol || ':' || r.place = $1
)
SELECT s.iso3 AS state, l.code AS level, n.as_of, CASE n.kind WHEN 1 THEN 'reported' ELSE 'assessed' END AS kind,
       n.batch_id || '.' || n.line AS id, n.note,
       CASE WHEN n.rec_id <> a.rec_id THEN o.symbol || ':' || r.place END AS given_on
FROM asked a
CROSS JOIN LATERAL (SELECT DISTINCT ON (n.state_id, n.kind) n.*
                    FROM rectrack.status_record n
                    JOIN rectrack.batches_at(2147483647) b USING (batch_id)
                    WHERE n.rec_id IN (SELECT a.rec_id
                                       UNION ALL
                                       SELECT c.rec_id
                                       FROM rectrack.successors_at(2147483647) c
                                       WHERE c.current_id = a.rec_id)
                      AND (n.state_id, n.rec_id, n.kind, n.as_of, n.rev) NOT IN
                          (SELECT w.state_id, w.rec_id, w.kind, w.as_of, w.rev
                           FROM rectrack.withdrawal w
                           JOIN rectrack.batches_at(2147483647) c USING (batch_id))
                    ORDER BY n.state_id, n.kind, n.as_of DESC, n.rec_id = a.rec_id DESC, n.rec_id DESC, n.rev DESC) n
JOIN rectrack.state s USING (state_id)
JOIN rectrack.level l ON l.level_id = n.level
JOIN rectrack.recommendation r ON r.rec_id = n.rec_id
JOIN rectrack.document o USING (document_id)
ORDER BY s.iso3, n.kind;
