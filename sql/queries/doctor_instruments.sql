-- Instruments of recommendations whose Parties are not known, so that the Members of the United Nations stand in.
SELECT i.code
FROM rectrack.instrument i
WHERE EXISTS (SELECT
              FROM rectrack.recommendation_version v
              JOIN rectrack.batches_at(2147483647) b USING (batch_id)
              WHERE v.instrument_id = i.instrument_id)
  AND NOT EXISTS (SELECT
                  FROM rectrack.party p
                  JOIN rectrack.batches_at(2147483647) b USING (batch_id)
                  WHERE p.instrument_id = i.instrument_id)
ORDER BY i.code;
