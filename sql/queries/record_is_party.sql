-- Whether a State ($1) is a Party to an instrument ($2, NULL: none) on a day ($3): from the later of the entry into force and
-- the 30th day after its deposit (UNTOC art. 38), always where the date is unknown; a UN member where nothing is known of
-- the instrument's Parties. Register batches are numbered under a lock: the newest has the largest batch_id.
SELECT CASE
           WHEN EXISTS (SELECT FROM rectrack.party p WHERE p.instrument_id = $2)
           THEN coalesce((SELECT (p.deposited_on IS NULL
                                  OR greatest(p.deposited_on + 30,
                                              (SELECT v.in_force_on
                                               FROM rectrack.instrument_version v
                                               WHERE v.instrument_id = $2
                                               ORDER BY v.batch_id DESC
                                               LIMIT 1)) <= $3)
                                 AND (p.withdrawn_on IS NULL OR $3 < p.withdrawn_on)
                          FROM rectrack.party p
                          WHERE p.instrument_id = $2
                            AND p.state_id = $1
                          ORDER BY p.batch_id DESC
                          LIMIT 1), false)
           ELSE (SELECT v.un_member
                 FROM rectrack.state_version v
                 WHERE v.state_id = $1
                 ORDER BY v.batch_id DESC
                 LIMIT 1)
       END;
