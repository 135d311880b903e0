-- The lines of the chunk that were added, with their revision.
COPY (SELECT line, rev FROM pg_temp.status_new ORDER BY line) TO STDOUT;
