-- Rows that nothing answers to: what, how many, and the batch of the first. No row where all is well.
-- These numbers are not checked by foreign keys when records are written, nor are days but those of focal points.
SELECT what, count(*) AS rows, min(batch_id) AS batch_id
FROM (SELECT 'records of States that are not in the register' AS what, n.batch_id
      FROM rectrack.status_record n
      WHERE NOT EXISTS (SELECT FROM rectrack.state s WHERE s.state_id = n.state_id)
      UNION ALL
      SELECT 'records of recommendations that are not there', n.batch_id
      FROM rectrack.status_record n
      WHERE NOT EXISTS (SELECT FROM rectrack.recommendation r WHERE r.rec_id = n.rec_id)
      UNION ALL
      SELECT 'records with a level that is on no scale', n.batch_id
      FROM rectrack.status_record n
      WHERE NOT EXISTS (SELECT FROM rectrack.level l WHERE l.level_id = n.level)
      UNION ALL
      SELECT 'records without their response', n.batch_id
      FROM rectrack.status_record n
      WHERE NOT EXISTS (SELECT
                        FROM rectrack.response a
                        WHERE (a.batch_id, a.response, a.state_id) = (n.batch_id, n.response, n.state_id))
      UNION ALL
      SELECT 'records of a day that no calendar of ours has, or with numbers below 1', n.batch_id
      FROM rectrack.status_record n
      WHERE n.as_of NOT BETWEEN '1900-01-01' AND '2199-12-31'
         OR n.rec_id < 1
         OR n.level < 1
      UNION ALL
      SELECT 'links that lead in a circle', s.batch_id
      FROM rectrack.supersessions_at(2147483647) s
      WHERE NOT EXISTS (SELECT FROM rectrack.successors_at(2147483647) c WHERE c.rec_id = s.rec_id)) p
GROUP BY what
ORDER BY what;
