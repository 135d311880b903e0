-- One record ($1, BATCH.LINE), whether it counts or not.
SELECT n.batch_id || '.' || n.line AS record, s.iso3 AS state, d.symbol || ':' || r.place AS recommendation, l.code AS level,
       n.as_of, CASE n.kind WHEN 1 THEN 'reported' ELSE 'assessed' END AS kind, n.rev AS revision, n.note, n.evidence, n.language,
       a.received_on, a.channel, a.source, b.file_name, n.line,
       to_char(b.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS recorded_at, b.recorded_by, b.os_user,
       b.notice,
       (SELECT w.reason
        FROM rectrack.withdrawal w
        JOIN rectrack.batches_at(2147483647) c USING (batch_id)
        WHERE (w.state_id, w.rec_id, w.kind, w.as_of, w.rev) = (n.state_id, n.rec_id, n.kind, n.as_of, n.rev)
        LIMIT 1) AS withdrawn,
       (SELECT w.reason FROM rectrack.batch_withdrawal w WHERE w.withdrawn_batch_id = n.batch_id LIMIT 1) AS undone
FROM rectrack.status_record n
JOIN rectrack.batch b USING (batch_id)
JOIN rectrack.response a ON (a.batch_id, a.response) = (n.batch_id, n.response)
JOIN rectrack.state s ON s.state_id = n.state_id
JOIN rectrack.recommendation r USING (rec_id)
JOIN rectrack.document d USING (document_id)
JOIN rectrack.level l ON l.level_id = n.level
WHERE n.batch_id = split_part($1, '.', 1)::integer
  AND n.line = split_part($1, '.', 2)::integer;
