-- The instruments as they stand, in the columns of instruments.csv; with a batch ($1) only what that one wrote.
SELECT i.code, v.title, v.adopted_on, v.in_force_on, v.treaty_reference
FROM rectrack.instrument i
JOIN (SELECT DISTINCT ON (v.instrument_id) v.*
      FROM rectrack.instrument_version v
      JOIN rectrack.batches_at(2147483647) b USING (batch_id)
      WHERE $1::integer IS NULL OR v.batch_id = $1
      ORDER BY v.instrument_id, b.position DESC) v USING (instrument_id)
ORDER BY i.code COLLATE "C";
