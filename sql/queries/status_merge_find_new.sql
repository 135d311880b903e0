-- Which records of the chunk say something new, and their revision: after those that are there, in the order of the file.
-- A record is there already when one of another batch has the same key and content: level, note, evidence, language and
-- communication; each of those that are there answers for one of the chunk, so that "A, B, A" stays three revisions also
-- where one A is there.  Of this batch's own records, which earlier chunks brought, the newest of a key answers for the
-- first of that key in this chunk, as inside a chunk.  Withdrawn records count as there, so that the same file doesn't
-- bring them back; those of an undone batch don't.  In status_incoming `rev` numbers the records of a key in the chunk.
INSERT INTO pg_temp.status_new (line, rev)
WITH incoming AS NOT MATERIALIZED (
    SELECT i.*, a.received_on, a.channel, a.source
    FROM pg_temp.status_incoming i
    JOIN pg_temp.response_incoming a USING (response)
),
stored AS NOT MATERIALIZED (
    SELECT r.*, b.received_on, b.channel, b.source
    FROM rectrack.status_record r
    JOIN rectrack.response b USING (batch_id, response)
    WHERE r.batch_id NOT IN (SELECT withdrawn_batch_id FROM rectrack.batch_withdrawal)
),
repeated AS (
    SELECT i.line, count(*) AS times
    FROM incoming i
    JOIN incoming e ON (e.state_id, e.rec_id, e.kind, e.as_of) = (i.state_id, i.rec_id, i.kind, i.as_of)
                   AND e.rev < i.rev
                   AND e.level = i.level
                   AND (e.note, e.evidence, e.language) IS NOT DISTINCT FROM (i.note, i.evidence, i.language)
                   AND (e.received_on, e.channel, e.source) IS NOT DISTINCT FROM (i.received_on, i.channel, i.source)
    WHERE i.rev > 1
    GROUP BY i.line
),
missing AS (
    SELECT i.*
    FROM incoming i
    WHERE NOT EXISTS (SELECT FROM repeated t WHERE t.line = i.line)
      AND NOT EXISTS (SELECT
                      FROM stored r
                      WHERE (r.state_id, r.rec_id, r.kind, r.as_of) = (i.state_id, i.rec_id, i.kind, i.as_of)
                        AND r.batch_id <> i.batch_id
                        AND r.level = i.level
                        AND (r.note, r.evidence, r.language) IS NOT DISTINCT FROM (i.note, i.evidence, i.language)
                        AND (r.received_on, r.channel, r.source) IS NOT DISTINCT FROM (i.received_on, i.channel, i.source))
    UNION ALL
    SELECT i.*
    FROM incoming i
    JOIN repeated t USING (line)
    WHERE t.times >= (SELECT count(*)
                      FROM stored r
                      WHERE (r.state_id, r.rec_id, r.kind, r.as_of) = (i.state_id, i.rec_id, i.kind, i.as_of)
                        AND r.batch_id <> i.batch_id
                        AND r.level = i.level
                        AND (r.note, r.evidence, r.language) IS NOT DISTINCT FROM (i.note, i.evidence, i.language)
                        AND (r.received_on, r.channel, r.source) IS NOT DISTINCT FROM (i.received_on, i.channel, i.source))
)
SELECT m.line,
       coalesce(h.rev, 0) + row_number() OVER (PARTITION BY m.state_id, m.rec_id, m.kind, m.as_of ORDER BY m.line)
FROM missing m
LEFT JOIN LATERAL (SELECT r.rev
                   FROM rectrack.status_record r
                   WHERE (r.state_id, r.rec_id, r.kind, r.as_of) = (m.state_id, m.rec_id, m.kind, m.as_of)
                   ORDER BY r.rev DESC
                   LIMIT 1) h ON true
WHERE m.rev > 1
   OR NOT EXISTS (SELECT
                  FROM stored r
                  WHERE (r.state_id, r.rec_id, r.kind, r.as_of, r.rev, r.batch_id)
                      = (m.state_id, m.rec_id, m.kind, m.as_of, h.rev, m.batch_id)
                    AND r.level = m.level
                    AND (r.note, r.evidence, r.language) IS NOT DISTINCT FROM (m.note, m.evidence, m.language)
                    AND (r.received_on, r.channel, r.source) IS NOT DISTINCT FROM (m.received_on, m.channel, m.source));
