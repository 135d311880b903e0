-- The communications of States; $1 of one State, $2 of a batch.
SELECT s.iso3 AS state, a.received_on, a.channel, a.source,
       (SELECT count(*)
        FROM rectrack.status_record n
        WHERE n.state_id = a.state_id
          AND (n.batch_id, n.response) = (a.batch_id, a.response)) AS records,
       a.batch_id AS batch
FROM rectrack.response a
JOIN rectrack.batches_at(2147483647) b USING (batch_id)
JOIN rectrack.state s USING (state_id)
WHERE ($1::text IS NULL OR s.iso3 = $1)
  AND ($2::integer IS NULL OR a.batch_id = $2)
ORDER BY a.received_on NULLS FIRST, s.iso3, a.batch_id, a.response;
