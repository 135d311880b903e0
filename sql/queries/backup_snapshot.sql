-- Shares this transaction's snapshot with pg_dump.
SELECT pg_export_snapshot() AS snapshot;
