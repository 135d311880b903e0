-- For a second connection that reads half of the records: this transaction's snapshot, and the State up to whose number the first
-- half goes. No row where there are so few records that a connection takes longer than it saves.
SELECT pg_export_snapshot() AS snapshot,
       (SELECT max(s.state_id) / 2 FROM rectrack.state s) AS half
FROM pg_class c
WHERE c.oid = 'rectrack.status_record'::regclass
  AND c.reltuples >= 200000;
