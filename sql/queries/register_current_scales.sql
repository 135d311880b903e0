-- The levels of all scales as they stand, in the columns of scales.csv; with a batch ($1) only what that one wrote.
SELECT s.code AS scale, l.code, v.label, v.letter, v.rank, v.weight, v.closes::text, v.colour, v.kind
FROM rectrack.level l
JOIN rectrack.scale s USING (scale_id)
JOIN (SELECT DISTINCT ON (v.level_id) v.*
      FROM rectrack.level_version v
      JOIN rectrack.batches_at(2147483647) b USING (batch_id)
      WHERE $1::integer IS NULL OR v.batch_id = $1
      ORDER BY v.level_id, b.position DESC) v USING (level_id)
ORDER BY s.scale_id, v.rank DESC, l.level_id;
