-- All that happened to the records of one State ($1, alpha-3) and recommendation ($2, full reference), in the order of the ledger:
-- recorded or amended, withdrawn, undone; who, when and why. The records of its earlier versions are told too.
WITH target AS (
    SELECT r.rec_id
    FROM rectrack.recommendation r
    JOIN rectrack.document d USING (document_id)
    WHERE d.symbol || ':' || r.place = $2
),
cell AS (
    SELECT n.*, n.batch_id || '.' || n.line AS record
    FROM rectrack.status_record n
    JOIN rectrack.state s USING (state_id)
    WHERE s.iso3 = $1
      AND (n.rec_id IN (SELECT t.rec_id FROM target t)
           OR n.rec_id IN (SELECT c.rec_id
                           FROM rectrack.successors_at(2147483647) c
                           JOIN target t ON t.rec_id = c.current_id))
),
event AS (
    SELECT c.*, CASE b.kind WHEN 'amend' THEN 'amended' ELSE 'recorded' END AS event, b.position,
           CASE b.kind
               WHEN 'amend' THEN 'instead of ' || split_part(b.summary, ' instead of ', 2)
               ELSE concat_ws(', ', a.channel, a.source)
           END AS why
    FROM cell c
    JOIN rectrack.batch b USING (batch_id)
    JOIN rectrack.response a ON (a.batch_id, a.response) = (c.batch_id, c.response)
    UNION ALL
    SELECT c.*, 'withdrawn', b.position, w.reason
    FROM cell c
    JOIN rectrack.withdrawal w USING (state_id, rec_id, kind, as_of, rev)
    JOIN rectrack.batch b ON b.batch_id = w.batch_id
    UNION ALL
    SELECT c.*, 'undone', b.position, w.reason
    FROM cell c
    JOIN rectrack.batch_withdrawal w ON w.withdrawn_batch_id = c.batch_id
    JOIN rectrack.batch b ON b.batch_id = w.batch_id
)
SELECT e.position AS ledger_position,
       to_char(b.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS at,
       b.recorded_by AS who,
       b.os_user,
       e.event,
       e.record,
       l.code AS level,
       e.as_of,
       CASE e.kind WHEN 1 THEN 'reported' ELSE 'assessed' END AS kind,
       nullif(e.why, '') AS why,
       e.note
FROM event e
JOIN rectrack.batch b USING (position)
JOIN rectrack.level l ON l.level_id = e.level
ORDER BY e.position, e.line, e.event;
