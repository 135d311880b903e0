-- Keeps batches from being sealed while the database is moved: the ledger's lock (batch_lock.sql), for the session.
SELECT pg_advisory_lock(7233204, 1);
