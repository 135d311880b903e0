-- The SHA-256 of the manifests that runs of a job ($1) published under the name of a set ($2).
SELECT encode(e.manifest_sha256, 'hex') AS manifest_sha256
FROM rectrack.export_run r
JOIN rectrack.export_run_end e USING (run_id)
WHERE r.job = $1
  AND e.set_name = $2
  AND e.outcome = 'published';
