-- The newest batch: its position and hash (none in an empty ledger), and the moment of the next one in microseconds since
-- 1970, later than the newest; and who writes it. Asked under the ledger's lock.
SELECT coalesce(b.position, 0) AS position,
       coalesce(encode(b.batch_sha256, 'hex'), repeat('0', 64)) AS batch_sha256,
       greatest(floor(extract(epoch FROM clock_timestamp()) * 1000000)::bigint,
                floor(extract(epoch FROM b.recorded_at) * 1000000)::bigint + 1) AS recorded_at,
       session_user AS recorded_by
FROM (SELECT) nothing
LEFT JOIN LATERAL (SELECT b.position, b.batch_sha256, b.recorded_at
                   FROM rectrack.batch b
                   ORDER BY b.position DESC
                   LIMIT 1) b ON true;
