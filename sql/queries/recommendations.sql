-- The recommendations as known at a ledger position ($1), in the order of documents and places within them. current_id is the one
-- for which their records count: themselves, the one in their place in a later version of the document, or 0 where it was dropped.
SELECT r.rec_id,
       r.document_id,
       r.place,
       r.chapter,
       r.section,
       v.text,
       coalesce(v.instrument_id, 0) AS instrument_id,
       v.scale_id,
       v.to_all_parties,
       v.due_on,
       (SELECT string_agg(a.state_id::text, ' ' ORDER BY a.state_id)
        FROM rectrack.recommendation_addressee a
        WHERE (a.rec_id, a.batch_id) = (v.rec_id, v.batch_id)) AS addressees,
       (SELECT string_agg(t.theme_id::text, ' ' ORDER BY t.theme_id)
        FROM rectrack.recommendation_theme t
        WHERE (t.rec_id, t.batch_id) = (v.rec_id, v.batch_id)) AS themes,
       (SELECT string_agg(a.article, ' ' ORDER BY a.article COLLATE "C")
        FROM rectrack.recommendation_article a
        WHERE (a.rec_id, a.batch_id) = (v.rec_id, v.batch_id)) AS articles,
       CASE WHEN c.rec_id IS NULL THEN r.rec_id ELSE coalesce(c.current_id, 0) END AS current_id
FROM rectrack.recommendation r
JOIN (SELECT d.document_id, d.symbol
      FROM rectrack.document d
      JOIN rectrack.batches_at($1) b USING (batch_id)) d USING (document_id)
JOIN (SELECT DISTINCT ON (v.rec_id) v.*
      FROM rectrack.recommendation_version v
      JOIN rectrack.batches_at($1) b USING (batch_id)
      ORDER BY v.rec_id, b.position DESC) v USING (rec_id)
LEFT JOIN rectrack.successors_at($1) c ON c.rec_id = r.rec_id
ORDER BY d.symbol COLLATE "C", r.place_key COLLATE "C", r.rec_id;
