-- After many records came in at once: lets reports read the index alone (visibility map) and know how much there is of what they
-- ask for. The server does the same by itself within a minute or so.
VACUUM (ANALYZE, SKIP_LOCKED) rectrack.status_record (kind, as_of);
