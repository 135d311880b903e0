-- Notes that a run of a job ($1) into a directory ($2) on a host ($3) begins, by a user of the operating system ($4) with a version
-- of the program ($5).
INSERT INTO rectrack.export_run (job, directory, host, os_user, tool_version)
VALUES ($1, $2, $3, $4, $5)
RETURNING run_id;
