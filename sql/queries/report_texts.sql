-- What the recommendations say, as known at a ledger position ($1): the newest version of each, with its document.
SELECT d.symbol || ':' || r.place AS reference,
       d.symbol,
       r.place,
       d.title,
       v.chapeau,
       v.text,
       d.language
FROM rectrack.recommendation r
JOIN rectrack.document d USING (document_id)
JOIN rectrack.batches_at($1) e ON e.batch_id = d.batch_id
JOIN (SELECT DISTINCT ON (v.rec_id) v.*
      FROM rectrack.recommendation_version v
      JOIN rectrack.batches_at($1) b USING (batch_id)
      ORDER BY v.rec_id, b.position DESC) v USING (rec_id)
ORDER BY d.symbol COLLATE "C", r.place_key COLLATE "C";
