-- The newest batch: its position and hash (none in an empty ledger), and the moment of the next one in microseconds since
-- 1970, later than the newest; and who writes it. Asked under the ledger's lock.
SELECT coalesce(max(position), 0) AS position,
       coalesce((SELECT encode(b.batch_sha256, 'hex') FROM rectrack.batch b ORDER BY b.position DESC LIMIT 1),
                repeat('0', 64)) AS batch_sha256,
       greatest(floor(extract(epoch FROM clock_timestamp()) * 1000000)::bigint,
                (SELECT floor(extract(epoch FROM b.recorded_at) * 1000000)::bigint + 1
                 FROM rectrack.batch b
                 ORDER BY b.position DESC
                 LIMIT 1)) AS recorded_at,
       session_user AS recorded_by
FROM rectrack.batch;
