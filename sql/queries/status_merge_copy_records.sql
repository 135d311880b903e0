-- The chunk's records.
COPY pg_temp.status_incoming FROM STDIN (FORMAT binary);
