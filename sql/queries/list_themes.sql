-- The themes, in the columns of themes.csv.
SELECT t.code, v.label
FROM rectrack.theme t
JOIN (SELECT DISTINCT ON (v.theme_id) v.*
      FROM rectrack.theme_version v
      JOIN rectrack.batches_at(2147483647) b USING (batch_id)
      ORDER BY v.theme_id, b.position DESC) v USING (theme_id)
ORDER BY t.code;
