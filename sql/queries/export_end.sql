-- Notes how a run ($1) ended: outcome ($2), exit code ($3), message ($4), set ($5), known position ($6), files ($7), rows ($8),
-- bytes ($9), SHA-256 of the manifest ($10, hexadecimal).
INSERT INTO rectrack.export_run_end (run_id, outcome, exit_code, message, set_name, known_position, files, row_count, byte_count,
                                     manifest_sha256)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, decode($10, 'hex'));
