-- Notes that a run of a job ($1) into a directory ($2) on a host ($3) begins, by a user of the operating system ($4) with a version
-- of the program ($5). Who may begin has the lock of the job's folder there: the run before, if it has no end, has none any more.
INSERT INTO rectrack.export_run (job, directory, host, os_user, tool_version)
VALUES ($1, $2, $3, $4, $5)
RETURNING run_id,
          (SELECT CASE
                      WHEN NOT EXISTS (SELECT FROM rectrack.export_run_end e WHERE e.run_id = r.run_id)
                      THEN format('run %s, begun at %s', r.run_id,
                                  to_char(r.started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
                  END
           FROM rectrack.export_run r
           WHERE r.job = $1
             AND r.directory = $2
             AND r.host = $3
           ORDER BY r.run_id DESC
           LIMIT 1) AS interrupted;
