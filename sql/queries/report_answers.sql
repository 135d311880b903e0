-- What stands behind the newest records: the end of a statement that begins WITH newest AS (the query of reports/counting/record_stream.h),
-- whose order it keeps.
SELECT s.iso3 AS state,
       n.rec_id,
       n.as_of,
       n.kind,
       a.received_on,
       a.channel,
       a.source,
       c.note,
       c.evidence,
       c.language,
       c.batch_id || '.' || c.line AS record
FROM newest n
JOIN rectrack.status_record c ON (c.state_id, c.rec_id, c.kind, c.as_of, c.rev) = (n.state_id, n.rec_id, n.kind, n.as_of, n.rev)
JOIN rectrack.response a ON (a.batch_id, a.response) = (c.batch_id, c.response)
JOIN rectrack.state s ON s.state_id = n.state_id
ORDER BY n.state_id DESC, n.rec_id DESC;
