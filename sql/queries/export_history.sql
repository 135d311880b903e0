-- The runs of a job ($1; NULL: of all), the newest first. One without an end was interrupted when a later one has had the lock of the
-- same folder; else it may still be at work.
SELECT r.run_id AS run,
       r.job,
       to_char(r.started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS started_at,
       to_char(e.ended_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS ended_at,
       CASE
           WHEN e.outcome IS NOT NULL THEN e.outcome
           WHEN EXISTS (SELECT
                        FROM rectrack.export_run l
                        WHERE (l.job, l.directory, l.host) = (r.job, r.directory, r.host)
                          AND l.run_id > r.run_id)
           THEN 'interrupted'
           ELSE 'no end'
       END AS outcome,
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
