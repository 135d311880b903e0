-- The ledger; $1 one batch.
SELECT b.position, b.batch_id AS batch, b.kind, to_char(b.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS recorded_at,
       b.recorded_by, b.os_user, b.summary, b.notice,
       (SELECT string_agg(w.batch_id::text, ' ') FROM rectrack.batch_withdrawal w WHERE w.withdrawn_batch_id = b.batch_id) AS undone_by
FROM rectrack.batch b
WHERE $1::integer IS NULL OR b.batch_id = $1
ORDER BY b.position;
