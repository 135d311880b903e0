-- The paragraphs of a document ($1, symbol) in their order.
SELECT p.ordinal, p.kind, p.place, CASE WHEN p.continued THEN 'continued' END AS continued, p.text, p.line
FROM rectrack.paragraph p
JOIN rectrack.document d USING (document_id)
JOIN rectrack.batches_at(2147483647) b ON b.batch_id = d.batch_id
WHERE d.symbol = $1
ORDER BY p.ordinal;
