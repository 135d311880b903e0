-- The newest ledger position committed at or before a moment ($1; NULL: now), and its moment (microseconds since 2000-01-01).
SELECT b.position,
       rectrack.microseconds(b.recorded_at) - rectrack.microseconds('2000-01-01 00:00:00+00') AS at
FROM rectrack.batch b
WHERE $1::timestamptz IS NULL
   OR b.recorded_at <= $1
ORDER BY b.position DESC
LIMIT 1;
