-- Adds the new records of the chunk, in key order.
INSERT INTO rectrack.status_record (rec_id, as_of, batch_id, line, response, state_id, kind, rev, level, note, evidence,
                                    language)
SELECT i.rec_id, i.as_of, i.batch_id, i.line, i.response, i.state_id, i.kind, n.rev, i.level, i.note, i.evidence,
       i.language
FROM pg_temp.status_incoming i
JOIN pg_temp.status_new n USING (line)
ORDER BY i.state_id, i.rec_id, i.kind, i.as_of, n.rev;
