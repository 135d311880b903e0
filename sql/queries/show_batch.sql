-- One batch ($1, its number).
SELECT b.batch_id AS batch, b.position AS ledger_position, b.kind, b.summary, b.notice, b.file_name,
       encode(b.file_sha256, 'hex') AS file_sha256, to_char(b.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS recorded_at,
       b.recorded_by, b.os_user, b.tool_version, rtrim(replace(b.content, E'\n', '; '), '; ') AS content,
       encode(b.previous_sha256, 'hex') AS previous_sha256, encode(b.batch_sha256, 'hex') AS batch_sha256,
       (SELECT string_agg('batch ' || w.batch_id || ': ' || w.reason, '; ') FROM rectrack.batch_withdrawal w WHERE w.withdrawn_batch_id = b.batch_id) AS undone_by
FROM rectrack.batch b
WHERE b.batch_id = $1::integer;
