-- The recommendations in the columns of a recommendations file; $1 of a document, $2 one of them by its full reference, $3 of an
-- instrument. Superseded ones come only where their document or they themselves are asked for.
SELECT d.symbol AS document,
       r.place AS reference,
       v.text,
       i.code AS instrument,
       CASE
           WHEN v.to_all_parties THEN '*'
           ELSE (SELECT string_agg(s.iso3, ' ' ORDER BY s.iso3 COLLATE "C")
                 FROM rectrack.recommendation_addressee a
                 JOIN rectrack.state s USING (state_id)
                 WHERE (a.rec_id, a.batch_id) = (v.rec_id, v.batch_id))
       END AS addressees,
       (SELECT string_agg(a.article, ' ' ORDER BY a.article COLLATE "C")
        FROM rectrack.recommendation_article a
        WHERE (a.rec_id, a.batch_id) = (v.rec_id, v.batch_id)) AS articles,
       (SELECT string_agg(t.code, ' ' ORDER BY t.code COLLATE "C")
        FROM rectrack.recommendation_theme m
        JOIN rectrack.theme t USING (theme_id)
        WHERE (m.rec_id, m.batch_id) = (v.rec_id, v.batch_id)) AS themes,
       v.due_on,
       c.code AS scale
FROM rectrack.recommendation r
JOIN (SELECT d.document_id, d.symbol
      FROM rectrack.document d
      JOIN rectrack.batches_at(2147483647) b USING (batch_id)) d USING (document_id)
JOIN (SELECT DISTINCT ON (v.rec_id) v.*
      FROM rectrack.recommendation_version v
      JOIN rectrack.batches_at(2147483647) b USING (batch_id)
      ORDER BY v.rec_id, b.position DESC) v USING (rec_id)
JOIN rectrack.scale c USING (scale_id)
LEFT JOIN rectrack.instrument i ON i.instrument_id = v.instrument_id
WHERE ($1::text IS NULL OR d.symbol = $1)
  AND ($2::text IS NULL OR d.symbol || ':' || r.place = $2)
  AND ($3::text IS NULL OR i.code = $3)
  AND ($1 IS NOT NULL
       OR $2 IS NOT NULL
       OR r.rec_id NOT IN (SELECT s.rec_id FROM rectrack.supersessions_at(2147483647) s))
ORDER BY d.symbol COLLATE "C", r.place_key COLLATE "C";
