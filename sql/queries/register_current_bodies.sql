-- Which instrument a body's recommendations concern, in the columns of bodies.csv.
SELECT m.body, i.code AS instrument
FROM (SELECT DISTINCT ON (m.body_key) m.*
      FROM rectrack.body_instrument m
      JOIN rectrack.batches_at(2147483647) b USING (batch_id)
      ORDER BY m.body_key, b.position DESC) m
JOIN rectrack.instrument i USING (instrument_id)
ORDER BY m.body;
