-- When a job's ($1) last good run ended, how many seconds ago, and who noted it; no row when there was none.
SELECT to_char(e.ended_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS ended_at,
       extract(epoch FROM clock_timestamp() - e.ended_at)::bigint AS seconds_ago,
       r.started_by
FROM rectrack.export_run r
JOIN rectrack.export_run_end e USING (run_id)
WHERE r.job = $1
  AND e.outcome IN ('published', 'unchanged')
ORDER BY r.run_id DESC
LIMIT 1;
