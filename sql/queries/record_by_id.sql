-- One status record by its batch ($1) and line ($2), whether it was taken back, the newest that stands in its place, and what it
-- says to people, by whom and when.
SELECT s.iso3,
       d.symbol || ':' || r.place AS reference,
       l.code AS level,
       n.kind,
       n.as_of,
       n.rev,
       n.note,
       n.evidence,
       n.language,
       a.received_on,
       a.channel,
       a.source,
       n.state_id,
       n.rec_id,
       n.batch_id IN (SELECT withdrawn_batch_id FROM rectrack.batch_withdrawal) AS undone,
       (SELECT b.batch_id
        FROM rectrack.withdrawal w
        JOIN rectrack.batches_at(2147483647) b USING (batch_id)
        WHERE (w.state_id, w.rec_id, w.kind, w.as_of, w.rev) = (n.state_id, n.rec_id, n.kind, n.as_of, n.rev)
        LIMIT 1) AS withdrawn_by,
       (SELECT m.batch_id || '.' || m.line
        FROM rectrack.status_record m
        JOIN rectrack.batches_at(2147483647) b USING (batch_id)
        WHERE (m.state_id, m.rec_id, m.kind, m.as_of) = (n.state_id, n.rec_id, n.kind, n.as_of)
          AND m.rev > n.rev
          AND NOT EXISTS (SELECT
                          FROM rectrack.withdrawal w
                          JOIN rectrack.batches_at(2147483647) c ON c.batch_id = w.batch_id
                          WHERE (w.state_id, w.rec_id, w.kind, w.as_of, w.rev) = (m.state_id, m.rec_id, m.kind, m.as_of, m.rev))
        ORDER BY m.rev DESC
        LIMIT 1) AS superseded_by,
       -- In the words in which "record" confirms.
       (SELECT v.name FROM rectrack.state_version v WHERE v.state_id = n.state_id ORDER BY v.batch_id DESC LIMIT 1)
           || ' (' || s.iso3 || '), ' || d.symbol || ':' || r.place || ': '
           || (SELECT v.label FROM rectrack.level_version v WHERE v.level_id = n.level ORDER BY v.batch_id DESC LIMIT 1)
           || ' as of ' || n.as_of AS what,
       date_trunc('second', b.recorded_at) AS recorded_at,
       b.recorded_by || CASE WHEN b.os_user <> b.recorded_by THEN ' (' || b.os_user || ')' ELSE '' END AS recorded_by
FROM rectrack.status_record n
JOIN rectrack.batch b USING (batch_id)
JOIN rectrack.state s USING (state_id)
JOIN rectrack.recommendation r USING (rec_id)
JOIN rectrack.document d USING (document_id)
JOIN rectrack.level l ON l.level_id = n.level
JOIN rectrack.response a ON (a.batch_id, a.response) = (n.batch_id, n.response)
WHERE n.batch_id = $1
  AND n.line = $2;
