-- Nothing is known of temporary tables unless they are looked at.
ANALYZE pg_temp.status_incoming, pg_temp.response_incoming;
