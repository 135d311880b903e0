-- One recommendation ($1, full reference).
SELECT d.symbol || ':' || r.place AS recommendation, v.chapeau, v.text, i.code AS instrument, c.code AS scale,
       CASE
           WHEN v.to_all_parties THEN 'all Parties'
           ELSE (SELECT string_agg(s.iso3, ' ' ORDER BY s.iso3)
                 FROM rectrack.recommendation_addressee a
                 JOIN rectrack.state s USING (state_id)
                 WHERE (a.rec_id, a.batch_id) = (v.rec_id, v.batch_id))
       END AS addressees,
       v.due_on, d.title AS document, d.body, d.held,
       (SELECT coalesce(o.symbol || ':' || n.place || ' (' || s.similarity || '% the same words)', 'dropped')
        FROM rectrack.supersessions_at(2147483647) s
        LEFT JOIN rectrack.recommendation n ON n.rec_id = s.successor_id
        LEFT JOIN rectrack.document o ON o.document_id = n.document_id
        WHERE s.rec_id = r.rec_id) AS superseded_by,
       (SELECT string_agg(o.symbol || ':' || n.place, ', ' ORDER BY o.symbol COLLATE "C", n.place_key COLLATE "C")
        FROM rectrack.supersessions_at(2147483647) s
        JOIN rectrack.recommendation n USING (rec_id)
        JOIN rectrack.document o USING (document_id)
        WHERE s.successor_id = r.rec_id) AS supersedes
FROM rectrack.recommendation r
JOIN rectrack.document d USING (document_id)
JOIN rectrack.batches_at(2147483647) e ON e.batch_id = d.batch_id
JOIN rectrack.recommendation_version v USING (rec_id)
JOIN rectrack.batches_at(2147483647) b ON b.batch_id = v.batch_id
JOIN rectrack.scale c USING (scale_id)
LEFT JOIN rectrack.instrument i ON i.instrument_id = v.instrument_id
WHERE d.symbol || ':' || r.place = $1
ORDER BY b.position DESC
LIMIT 1;
