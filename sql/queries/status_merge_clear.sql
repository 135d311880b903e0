-- Makes room for the next chunk.
TRUNCATE pg_temp.status_incoming, pg_temp.response_incoming, pg_temp.status_new;
