-- Which records of the chunk say something new, and their revision: after those that are there, in the order of the file.
--
-- Of each key the file's records are looked at in the order of their lines, those of earlier chunks too; one that repeats the one
-- before it says nothing new.  A record is there already when one of another batch has the same key and content: level, note,
-- evidence, language and communication; each of those that are there answers for one of the file, so that "A, B, A" stays three
-- revisions also where one A is there.  Withdrawn records count as there, so that the same file doesn't bring them back; those of
-- an undone batch don't, nor do those that stand in no ledger.
WITH incoming AS MATERIALIZED (
    SELECT i.state_id, i.rec_id, i.kind, i.as_of, i.line, i.batch_id,
           ROW (i.level, i.note, i.evidence, i.language, a.received_on, a.channel, a.source)::text AS content
    FROM pg_temp.status_incoming i
    JOIN pg_temp.response_incoming a USING (response)
),
stored AS MATERIALIZED (
    SELECT r.state_id, r.rec_id, r.kind, r.as_of, r.rev, r.line,
           ROW (r.level, r.note, r.evidence, r.language, a.received_on, a.channel, a.source)::text AS content,
           r.batch_id = k.batch_id AS own,
           r.batch_id IN (SELECT withdrawn_batch_id FROM rectrack.batch_withdrawal)
           OR r.batch_id NOT IN (SELECT batch_id FROM rectrack.batch) AS void
    FROM (SELECT DISTINCT state_id, rec_id, kind, as_of, batch_id FROM incoming) k
    JOIN rectrack.status_record r USING (state_id, rec_id, kind, as_of)
    JOIN rectrack.response a ON (a.batch_id, a.response) = (r.batch_id, r.response)
),
seen AS (
    SELECT state_id, rec_id, kind, as_of, line, content, true AS incoming
    FROM incoming
    UNION ALL
    SELECT state_id, rec_id, kind, as_of, line, content, false
    FROM stored
    WHERE own
    UNION ALL
    SELECT a.state_id, a.rec_id, a.kind, a.as_of, a.line, s.content, false
    FROM pg_temp.status_answered a
    JOIN stored s USING (state_id, rec_id, kind, as_of, rev)
),
numbered AS (
    SELECT o.*, row_number() OVER (PARTITION BY state_id, rec_id, kind, as_of, content ORDER BY line) AS occurrence
    FROM (SELECT s.*, lag(content) OVER (PARTITION BY state_id, rec_id, kind, as_of ORDER BY line) AS content_before
          FROM seen s) o
    WHERE content IS DISTINCT FROM content_before
),
there AS (
    SELECT state_id, rec_id, kind, as_of, content, count(*) AS times, min(rev) AS rev
    FROM stored
    WHERE NOT own
      AND NOT void
    GROUP BY state_id, rec_id, kind, as_of, content
),
judged AS MATERIALIZED (
    SELECT n.state_id, n.rec_id, n.kind, n.as_of, n.line, t.rev, n.occurrence <= coalesce(t.times, 0) AS is_there
    FROM numbered n
    LEFT JOIN there t USING (state_id, rec_id, kind, as_of, content)
    WHERE n.incoming
),
answered AS (
    INSERT INTO pg_temp.status_answered (state_id, rec_id, kind, as_of, line, rev)
    SELECT state_id, rec_id, kind, as_of, line, rev
    FROM judged
    WHERE is_there
),
newest AS (
    SELECT state_id, rec_id, kind, as_of, max(rev) AS rev
    FROM stored
    GROUP BY state_id, rec_id, kind, as_of
)
INSERT INTO pg_temp.status_new (line, rev)
SELECT j.line,
       coalesce(n.rev, 0) + row_number() OVER (PARTITION BY state_id, rec_id, kind, as_of ORDER BY j.line)
FROM judged j
LEFT JOIN newest n USING (state_id, rec_id, kind, as_of)
WHERE NOT j.is_there;
