-- As status_copy.sql, for records none of which has a note, evidence or a language.
COPY rectrack.status_record (rec_id, as_of, batch_id, line, response, state_id, kind, rev, level) FROM STDIN (FORMAT binary);
