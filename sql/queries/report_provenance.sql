-- Where the newest records of States come from, and how many replies each State has sent: for State $1[i] the record on
-- recommendation $2[i] that speaks of the day $3[i], known at a ledger position ($4), of a set of kinds ($5: 1 reported, 2 assessed,
-- 3 both). Replies are communications that differ in day received, channel or source, received up to the as-of day ($6) or on an
-- unknown day.
WITH counting AS MATERIALIZED (
    SELECT b.batch_id
    FROM rectrack.batches_at($4) b
),
earlier AS MATERIALIZED (
    SELECT c.current_id, c.rec_id
    FROM rectrack.successors_at($4) c
)
SELECT p.state_id,
       CASE n.kind WHEN 1 THEN 'reported' WHEN 2 THEN 'assessed' END AS kind,
       n.channel,
       n.source,
       coalesce(a.replies, 0) AS replies
FROM unnest($1::smallint[], $2::integer[], $3::date[]) p (state_id, rec_id, as_of)
LEFT JOIN LATERAL (SELECT n.kind, a.channel, a.source
                   FROM (SELECT p.rec_id
                         UNION ALL
                         SELECT e.rec_id
                         FROM earlier e
                         WHERE e.current_id = p.rec_id) v
                   JOIN rectrack.status_record n ON (n.state_id, n.rec_id, n.as_of) = (p.state_id, v.rec_id, p.as_of)
                   JOIN rectrack.response a ON (a.batch_id, a.response) = (n.batch_id, n.response)
                   WHERE n.kind & $5 <> 0
                     AND n.batch_id IN (SELECT c.batch_id FROM counting c)
                     AND NOT EXISTS (SELECT
                                     FROM rectrack.withdrawal w
                                     JOIN counting c USING (batch_id)
                                     WHERE (w.state_id, w.rec_id, w.kind, w.as_of, w.rev) =
                                           (n.state_id, n.rec_id, n.kind, n.as_of, n.rev))
                   ORDER BY v.rec_id = p.rec_id DESC, CASE WHEN $5 = 3 THEN n.batch_id END DESC, n.rev DESC, n.kind DESC
                   LIMIT 1) n ON true
LEFT JOIN (SELECT a.state_id, count(DISTINCT (a.received_on, a.channel, a.source)) AS replies
           FROM rectrack.response a
           JOIN counting c USING (batch_id)
           WHERE coalesce(a.received_on <= $6, true)
           GROUP BY a.state_id) a ON a.state_id = p.state_id;
