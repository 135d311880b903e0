-- The themes as they stand, in the columns of themes.csv; with a batch ($1) only what that one wrote.
SELECT t.code, v.label
FROM rectrack.theme t
JOIN (SELECT DISTINCT ON (v.theme_id) v.*
      FROM rectrack.theme_version v
      JOIN rectrack.batches_at(2147483647) b USING (batch_id)
      WHERE $1::integer IS NULL OR v.batch_id = $1
      ORDER BY v.theme_id, b.position DESC) v USING (theme_id)
ORDER BY t.code COLLATE "C";
