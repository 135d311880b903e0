-- The instruments, and how many Parties are known.
SELECT i.code, v.title, v.adopted_on, v.in_force_on, v.treaty_reference,
       (SELECT count(DISTINCT p.state_id) FROM rectrack.party p WHERE p.instrument_id = i.instrument_id) AS parties
FROM rectrack.instrument i
JOIN (SELECT DISTINCT ON (v.instrument_id) v.*
      FROM rectrack.instrument_version v
      JOIN rectrack.batches_at(2147483647) b USING (batch_id)
      ORDER BY v.instrument_id, b.position DESC) v USING (instrument_id)
ORDER BY i.code;
