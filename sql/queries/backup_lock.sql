-- Keeps `init`, which may run by itself, away while a schema is restored: the same lock (schema_lock.sql), for the session.
SELECT pg_advisory_lock(7233204, 3);
