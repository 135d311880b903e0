-- Which instrument a body's recommendations concern, in the columns of bodies.csv; with a batch ($1) only what that one
-- wrote.
SELECT m.body, i.code AS instrument
FROM (SELECT DISTINCT ON (m.body_key) m.*
      FROM rectrack.body_instrument m
      JOIN rectrack.batches_at(2147483647) b USING (batch_id)
      WHERE $1::integer IS NULL OR m.batch_id = $1
      ORDER BY m.body_key, b.position DESC) m
JOIN rectrack.instrument i USING (instrument_id)
ORDER BY m.body;
