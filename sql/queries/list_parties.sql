-- The Parties in the columns of a Parties file; $1 one State by its code, $2 of one instrument.
SELECT i.code AS instrument, s.iso3, p.deposited_on, p.action, p.source, p.withdrawn_on
FROM (SELECT DISTINCT ON (p.instrument_id, p.state_id) p.*
      FROM rectrack.party p
      JOIN rectrack.batches_at(2147483647) b USING (batch_id)
      ORDER BY p.instrument_id, p.state_id, b.position DESC) p
JOIN rectrack.instrument i USING (instrument_id)
JOIN rectrack.state s USING (state_id)
WHERE ($1::text IS NULL OR s.iso3 = $1)
  AND ($2::text IS NULL OR i.code = $2)
ORDER BY s.iso3 COLLATE "C", i.code COLLATE "C";
