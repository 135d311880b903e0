-- The Parties to each instrument as known at a ledger position ($1).
-- bound_from: the later of the general entry into force and the 30th day after the deposit (UNTOC art. 38, Protocol art. 22).
SELECT p.instrument_id,
       p.state_id,
       p.deposited_on,
       greatest(i.in_force_on, p.deposited_on + 30) AS bound_from,
       p.withdrawn_on
FROM (SELECT DISTINCT ON (p.instrument_id, p.state_id) p.*
      FROM rectrack.party p
      JOIN rectrack.batches_at($1) b USING (batch_id)
      ORDER BY p.instrument_id, p.state_id, b.position DESC) p
JOIN (SELECT DISTINCT ON (v.instrument_id) v.instrument_id, v.in_force_on
      FROM rectrack.instrument_version v
      JOIN rectrack.batches_at($1) b USING (batch_id)
      ORDER BY v.instrument_id, b.position DESC) i USING (instrument_id)
ORDER BY p.instrument_id, p.state_id;
