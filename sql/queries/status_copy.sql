-- Records straight to their table, in key order; fails with 23505 where a key is there already.
COPY rectrack.status_record FROM STDIN (FORMAT binary);
