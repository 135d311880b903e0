-- The instruments as known at a ledger position ($1), and whether anything is known of who is bound by them.
SELECT i.instrument_id,
       i.code,
       v.title,
       v.adopted_on,
       v.in_force_on,
       EXISTS (SELECT
               FROM rectrack.party p
               JOIN rectrack.batches_at($1) b USING (batch_id)
               WHERE p.instrument_id = i.instrument_id) AS has_parties
FROM rectrack.instrument i
JOIN (SELECT DISTINCT ON (v.instrument_id) v.*
      FROM rectrack.instrument_version v
      JOIN rectrack.batches_at($1) b USING (batch_id)
      ORDER BY v.instrument_id, b.position DESC) v USING (instrument_id)
ORDER BY i.instrument_id;
