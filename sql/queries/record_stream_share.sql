-- For a second connection that reads part of the records: this transaction's snapshot, and the State up to whose number its part
-- goes: somewhat more than half of the States, for it begins earlier. No row where there are so few records that a connection takes
-- longer than it saves.
SELECT pg_export_snapshot() AS snapshot,
       (SELECT max(s.state_id) * 54 / 100 FROM rectrack.state s) AS first_part
FROM pg_class c
WHERE c.oid = 'rectrack.status_record'::regclass
  AND c.reltuples >= 200000;
