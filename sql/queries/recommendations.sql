-- The recommendations as known at a ledger position ($1), in the order of documents and places within them; and whether anything is
-- said of successors of any of them (recommendation_successors.sql).
WITH counted AS MATERIALIZED (
    SELECT b.batch_id, b.position
    FROM rectrack.batches_at($1) b
), document AS MATERIALIZED (
    SELECT d.document_id, d.symbol
    FROM rectrack.document d
    JOIN counted b USING (batch_id)
), version AS MATERIALIZED (
    SELECT DISTINCT ON (v.rec_id) v.*
    FROM rectrack.recommendation_version v
    JOIN counted b USING (batch_id)
    ORDER BY v.rec_id, b.position DESC
)
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
       a.addressees,
       t.themes,
       e.articles,
       EXISTS (SELECT FROM rectrack.supersession) AS any_successors
FROM rectrack.recommendation r
JOIN document d USING (document_id)
JOIN version v USING (rec_id)
LEFT JOIN (SELECT a.rec_id, a.batch_id, string_agg(a.state_id::text, ' ' ORDER BY a.state_id) AS addressees
           FROM rectrack.recommendation_addressee a
           GROUP BY a.rec_id, a.batch_id) a ON (a.rec_id, a.batch_id) = (v.rec_id, v.batch_id)
LEFT JOIN (SELECT t.rec_id, t.batch_id, string_agg(t.theme_id::text, ' ' ORDER BY t.theme_id) AS themes
           FROM rectrack.recommendation_theme t
           GROUP BY t.rec_id, t.batch_id) t ON (t.rec_id, t.batch_id) = (v.rec_id, v.batch_id)
LEFT JOIN (SELECT e.rec_id, e.batch_id, string_agg(e.article, ' ' ORDER BY e.article COLLATE "C") AS articles
           FROM rectrack.recommendation_article e
           GROUP BY e.rec_id, e.batch_id) e ON (e.rec_id, e.batch_id) = (v.rec_id, v.batch_id)
ORDER BY d.symbol COLLATE "C", r.place_key COLLATE "C", r.rec_id;
