-- One document ($1, symbol).
SELECT d.symbol, d.title, d.conference, d.body, d.session, d.distribution, d.place, d.held, d.dated, d.language,
       d.original_language, i.code AS instrument, d.file_name, encode(d.file_sha256, 'hex') AS file_sha256, d.batch_id AS batch,
       (SELECT string_agg(s.iso3, ' ' ORDER BY s.iso3)
        FROM rectrack.statement t
        JOIN rectrack.state s USING (state_id)
        WHERE t.document_id = d.document_id) AS statements
FROM rectrack.document d
JOIN rectrack.batches_at(2147483647) b USING (batch_id)
LEFT JOIN rectrack.instrument i USING (instrument_id)
WHERE d.symbol = $1;
