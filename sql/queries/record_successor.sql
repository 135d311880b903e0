-- For which recommendation the records of a superseded one ($1) count, by its full reference: NULL where it was dropped, no row
-- where nothing supersedes it.
SELECT d.symbol || ':' || r.place AS reference
FROM rectrack.successors_at(2147483647) c
LEFT JOIN rectrack.recommendation r ON r.rec_id = c.current_id
LEFT JOIN rectrack.document d USING (document_id)
WHERE c.rec_id = $1;
