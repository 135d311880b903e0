-- Which records of the chunk say something new, and their revision: after those that are there, in the order of the file.
-- The same content is there already when a record of the same key has the same level, note, evidence, language and
-- communication.  Withdrawn records count as there, so that the same file doesn't bring them back; those of an undone
-- batch don't.
INSERT INTO pg_temp.status_new (line, rev)
SELECT i.line,
       coalesce(h.rev, 0) + row_number() OVER (PARTITION BY i.state_id, i.rec_id, i.kind, i.as_of ORDER BY i.line)
FROM pg_temp.status_incoming i
JOIN pg_temp.response_incoming a USING (response)
LEFT JOIN (SELECT r.state_id, r.rec_id, r.kind, r.as_of, max(r.rev) AS rev
           FROM rectrack.status_record r
           WHERE EXISTS (SELECT
                         FROM pg_temp.status_incoming k
                         WHERE (k.state_id, k.rec_id, k.kind, k.as_of) = (r.state_id, r.rec_id, r.kind, r.as_of))
           GROUP BY r.state_id, r.rec_id, r.kind, r.as_of) h
       ON (h.state_id, h.rec_id, h.kind, h.as_of) = (i.state_id, i.rec_id, i.kind, i.as_of)
WHERE NOT EXISTS (SELECT
                  FROM rectrack.status_record r
                  JOIN rectrack.response b ON (b.batch_id, b.response) = (r.batch_id, r.response)
                  WHERE (r.state_id, r.rec_id, r.kind, r.as_of) = (i.state_id, i.rec_id, i.kind, i.as_of)
                    AND r.level = i.level
                    AND (r.note, r.evidence, r.language) IS NOT DISTINCT FROM (i.note, i.evidence, i.language)
                    AND (b.received_on, b.channel, b.source) IS NOT DISTINCT FROM (a.received_on, a.channel, a.source)
                    AND r.batch_id NOT IN (SELECT withdrawn_batch_id FROM rectrack.batch_withdrawal));
