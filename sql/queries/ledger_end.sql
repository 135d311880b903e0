-- The ledger's newest batch, and the time by the server's clock.
--
-- The first of all when sorted, and not the row of the largest position: the server knows two dozen functions named "max", and a
-- connection reads them all before it takes one.
SELECT b.position, b.batch_sha256, b.recorded_at, CURRENT_TIMESTAMP AS now
FROM rectrack.batch b
ORDER BY b.position DESC
LIMIT 1;
