-- The runs of a job ($1) that say that they published a set ($2): the SHA-256 of the manifest, and by whom and when, which the server
-- has noted itself.
SELECT encode(e.manifest_sha256, 'hex') AS manifest_sha256,
       format('run %s, by %s, at %s', r.run_id, r.started_by, to_char(e.ended_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) AS run
FROM rectrack.export_run r
JOIN rectrack.export_run_end e USING (run_id)
WHERE r.job = $1
  AND e.set_name = $2
  AND e.outcome = 'published'
ORDER BY r.run_id;
