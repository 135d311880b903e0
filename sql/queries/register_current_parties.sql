-- The Parties as they stand, in the columns of treaty_participation.csv; with a batch ($1) only what that one wrote.
SELECT i.code AS instrument, s.iso3, p.deposited_on, p.action, p.source, p.withdrawn_on
FROM (SELECT DISTINCT ON (p.instrument_id, p.state_id) p.*
      FROM rectrack.party p
      JOIN rectrack.batches_at(2147483647) b USING (batch_id)
      WHERE $1::integer IS NULL OR p.batch_id = $1
      ORDER BY p.instrument_id, p.state_id, b.position DESC) p
JOIN rectrack.instrument i USING (instrument_id)
JOIN rectrack.state s USING (state_id)
ORDER BY s.iso3, i.code;
