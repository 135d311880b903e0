-- The pairs of the population at each level, as of a day ($2), known at a ledger position ($1), of a set of kinds ($3: 1 reported,
-- 2 assessed, 3 both): what tables count, computed by the server alone.
WITH counting AS (
    SELECT b.batch_id, b.position
    FROM rectrack.batches_at($1) b
),
recommendation AS (
    SELECT DISTINCT ON (r.rec_id) r.rec_id, v.instrument_id, v.to_all_parties, v.batch_id
    FROM rectrack.recommendation r
    JOIN rectrack.document d USING (document_id)
    JOIN rectrack.recommendation_version v USING (rec_id)
    JOIN counting b ON b.batch_id = v.batch_id
    WHERE d.batch_id IN (SELECT batch_id FROM counting)
      AND r.rec_id NOT IN (SELECT s.rec_id FROM rectrack.supersessions_at($1) s)
      AND coalesce(d.held_to, d.dated, DATE '-infinity') <= $2
    ORDER BY r.rec_id, b.position DESC
),
instrument AS (
    SELECT DISTINCT ON (v.instrument_id) v.instrument_id, v.in_force_on
    FROM rectrack.instrument_version v
    JOIN counting b USING (batch_id)
    ORDER BY v.instrument_id, b.position DESC
),
participation AS (
    SELECT DISTINCT ON (p.instrument_id, p.state_id) p.instrument_id, p.state_id, p.deposited_on, p.withdrawn_on
    FROM rectrack.party p
    JOIN counting b USING (batch_id)
    ORDER BY p.instrument_id, p.state_id, b.position DESC
),
state AS (
    SELECT DISTINCT ON (v.state_id) v.state_id, v.un_member
    FROM rectrack.state_version v
    JOIN counting b USING (batch_id)
    ORDER BY v.state_id, b.position DESC
),
asked AS (
    SELECT r.rec_id, r.to_all_parties, r.batch_id, p.state_id
    FROM recommendation r
    JOIN participation p USING (instrument_id)
    JOIN instrument i USING (instrument_id)
    WHERE coalesce(greatest(i.in_force_on, p.deposited_on + 30), DATE '-infinity') <= $2
      AND coalesce(p.withdrawn_on, DATE 'infinity') > $2
    UNION ALL
    SELECT r.rec_id, r.to_all_parties, r.batch_id, s.state_id
    FROM recommendation r
    CROSS JOIN state s
    WHERE s.un_member
      AND NOT EXISTS (SELECT FROM participation p WHERE p.instrument_id = r.instrument_id)
),
population AS (
    SELECT a.state_id, a.rec_id
    FROM asked a
    WHERE a.to_all_parties
       OR EXISTS (SELECT
                  FROM rectrack.recommendation_addressee n
                  WHERE (n.rec_id, n.batch_id, n.state_id) = (a.rec_id, a.batch_id, a.state_id))
),
record AS (
    SELECT n.state_id, CASE WHEN c.rec_id IS NULL THEN n.rec_id ELSE c.current_id END AS rec_id, n.level, n.as_of, n.batch_id,
           n.rev, n.kind, c.rec_id IS NULL AS of_itself
    FROM rectrack.status_record n
    JOIN counting b USING (batch_id)
    LEFT JOIN rectrack.successors_at($1) c ON c.rec_id = n.rec_id
    WHERE n.as_of <= $2
      AND n.kind & $3 <> 0
      AND (n.state_id, n.rec_id, n.kind, n.as_of, n.rev) NOT IN
          (SELECT w.state_id, w.rec_id, w.kind, w.as_of, w.rev
           FROM rectrack.withdrawal w
           JOIN counting u USING (batch_id))
),
newest AS (
    SELECT DISTINCT ON (n.state_id, n.rec_id) n.state_id, n.rec_id, n.level
    FROM record n
    ORDER BY n.state_id, n.rec_id, n.as_of DESC, n.of_itself DESC, CASE WHEN $3 = 3 THEN n.batch_id END DESC, n.rev DESC,
             n.kind DESC
)
SELECT coalesce(l.code, 'no-response') AS level, count(*) AS pairs
FROM population p
LEFT JOIN newest n USING (state_id, rec_id)
LEFT JOIN rectrack.level l ON l.level_id = n.level
GROUP BY l.code
ORDER BY l.code;
