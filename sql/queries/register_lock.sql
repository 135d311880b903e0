-- Held by whoever adds to the register, the documents or the recommendations, so that numbers are given out one by one.
SELECT pg_advisory_xact_lock(7233204, 2);
