-- The documents; $1 one of them by its symbol, $2 only those of an instrument.
SELECT d.symbol, d.title, d.body, d.held_from, d.held_to, i.code AS instrument,
       (SELECT count(*) FROM rectrack.paragraph p WHERE p.document_id = d.document_id) AS paragraphs,
       (SELECT count(*) FROM rectrack.recommendation r WHERE r.document_id = d.document_id) AS recommendations,
       (SELECT string_agg(DISTINCT o.symbol, ' ' ORDER BY o.symbol)
        FROM rectrack.recommendation r
        JOIN rectrack.supersessions_at(2147483647) s USING (rec_id)
        JOIN rectrack.recommendation n ON n.rec_id = s.successor_id
        JOIN rectrack.document o ON o.document_id = n.document_id
        WHERE r.document_id = d.document_id) AS superseded_by,
       d.batch_id AS batch
FROM rectrack.document d
JOIN rectrack.batches_at(2147483647) b USING (batch_id)
LEFT JOIN rectrack.instrument i USING (instrument_id)
WHERE ($1::text IS NULL OR d.symbol = $1)
  AND ($2::text IS NULL OR i.code = $2)
ORDER BY d.symbol COLLATE "C";
