-- The articles of instruments as they stand, in the columns of articles.csv; with a batch ($1) only what that one
-- wrote.
SELECT i.code AS instrument, a.article, a.title
FROM (SELECT DISTINCT ON (a.instrument_id, a.article) a.*
      FROM rectrack.article a
      JOIN rectrack.batches_at(2147483647) b USING (batch_id)
      WHERE $1::integer IS NULL OR a.batch_id = $1
      ORDER BY a.instrument_id, a.article, b.position DESC) a
JOIN rectrack.instrument i USING (instrument_id)
ORDER BY i.code, a.article;
