-- The runs of a job ($1; NULL: of all), the newest first.
SELECT r.run_id AS run,
       r.job,
       to_char(r.started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS started_at,
       to_char(e.ended_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS ended_at,
       coalesce(e.outcome, 'no end') AS outcome,
       e.exit_code,
       e.set_name AS set,
       e.known_position,
       e.files,
       e.row_count AS rows,
       e.byte_count AS bytes,
       r.directory,
       r.host,
       r.started_by,
       r.os_user,
       e.message
FROM rectrack.export_run r
LEFT JOIN rectrack.export_run_end e USING (run_id)
WHERE $1::text IS NULL OR r.job = $1
ORDER BY r.run_id DESC;
