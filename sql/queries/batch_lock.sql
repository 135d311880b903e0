-- The ledger's lock: held from a batch's seal to its commit, so that positions are in the order of commits.
SELECT pg_advisory_xact_lock(7233204, 1);
