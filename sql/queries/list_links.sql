-- What became of the recommendations that a later version of their document supersedes; $1 of a document, earlier or later.
-- "new" is empty where one was dropped.
SELECT o.symbol || ':' || r.place AS old,
       n.symbol || ':' || m.place AS new,
       s.similarity
FROM rectrack.supersessions_at(2147483647) s
JOIN rectrack.recommendation r USING (rec_id)
JOIN rectrack.document o USING (document_id)
LEFT JOIN rectrack.recommendation m ON m.rec_id = s.successor_id
LEFT JOIN rectrack.document n ON n.document_id = m.document_id
WHERE $1::text IS NULL
   OR $1 IN (o.symbol, n.symbol)
ORDER BY o.symbol COLLATE "C", r.place_key COLLATE "C";
