-- The largest numbers given out so far. Asked under the register's lock.
SELECT (SELECT coalesce(max(rec_id), 0) FROM rectrack.recommendation) AS rec_id,
       (SELECT coalesce(max(document_id), 0) FROM rectrack.document) AS document_id;
