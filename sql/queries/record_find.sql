-- Everything that one new status record needs. One row where all is found; several (of different States or recommendations) where it
-- is ambiguous, or of the same where a name stands in the register more than once. $1 the State's name or code, folded; $2 the
-- document's symbol or NULL; $3 the place in the document; $4 the level's code; $5 kind; $6 as-of date.
--
-- A one-row command pays for each table and operator that its connection meets for the first time, and for each join that the
-- planner weighs: hence one statement, of lookups by key that the planner takes one by one (LIMIT, OFFSET 0), with as few kinds of
-- operators as will do. Batches of the register and of recommendations are numbered under a lock, so the newest version is that of
-- the largest batch_id.
SELECT ARRAY(SELECT m.sha256 FROM rectrack.migration m) AS migrations,
       (SELECT nextval('rectrack.batch_id')) AS batch_id,  -- once, however many rows there are
       k.state_id,
       (SELECT c.name
        FROM rectrack.state_name c
        WHERE c.state_id = k.state_id
          AND c.language = ''
          AND c.kind = 'iso3'
        LIMIT 1) AS iso3,
       s.name,
       r.rec_id,
       r.symbol,
       r.place,
       l.level_id,
       l.code AS level,
       l.label,
       l.kind AS level_kind,
       (SELECT n.rev
        FROM rectrack.status_record n
        WHERE n.state_id = k.state_id
          AND n.rec_id = r.rec_id
          AND n.kind = $5
          AND n.as_of = $6
        ORDER BY n.rev DESC
        LIMIT 1) AS rev,
       EXISTS (SELECT FROM rectrack.supersession e WHERE e.rec_id = r.rec_id) AS superseded,
       -- A Party from the later of the entry into force and the 30th day after its deposit (UNTOC art. 38), always where the date is
       -- unknown; a UN member where nothing is known of the instrument's Parties.
       CASE
           WHEN EXISTS (SELECT FROM rectrack.party p WHERE p.instrument_id = r.instrument_id)
           THEN coalesce((SELECT (p.deposited_on IS NULL
                                  OR greatest(p.deposited_on + 30,
                                              (SELECT i.in_force_on
                                               FROM rectrack.instrument_version i
                                               WHERE i.instrument_id = r.instrument_id
                                               ORDER BY i.batch_id DESC
                                               LIMIT 1)) <= $6)
                                 AND (p.withdrawn_on IS NULL OR $6 < p.withdrawn_on)
                          FROM rectrack.party p
                          WHERE p.instrument_id = r.instrument_id
                            AND p.state_id = k.state_id
                          ORDER BY p.batch_id DESC
                          LIMIT 1), false)
           ELSE s.un_member
       END AS is_party
FROM rectrack.state_name k
CROSS JOIN LATERAL (SELECT s.name, s.un_member
                    FROM rectrack.state_version s
                    WHERE s.state_id = k.state_id
                    ORDER BY s.batch_id DESC
                    LIMIT 1) s
CROSS JOIN (SELECT r.rec_id, r.place, d.symbol, v.scale_id, v.instrument_id
            FROM rectrack.recommendation r
            CROSS JOIN LATERAL (SELECT d.symbol
                                FROM rectrack.document d
                                WHERE d.document_id = r.document_id
                                  AND ($2::text IS NULL OR d.symbol = $2)
                                  AND d.batch_id <> ALL (ARRAY(SELECT withdrawn_batch_id FROM rectrack.batch_withdrawal))
                                LIMIT 1) d
            CROSS JOIN LATERAL (SELECT v.scale_id, v.instrument_id
                                FROM rectrack.recommendation_version v
                                WHERE v.rec_id = r.rec_id
                                  AND v.batch_id <> ALL (ARRAY(SELECT withdrawn_batch_id FROM rectrack.batch_withdrawal))
                                ORDER BY v.batch_id DESC
                                LIMIT 1) v
            WHERE r.place = $3
            OFFSET 0) r
CROSS JOIN LATERAL (SELECT l.level_id, l.code, w.label, w.kind
                    FROM rectrack.level l
                    CROSS JOIN LATERAL (SELECT w.label, w.kind
                                        FROM rectrack.level_version w
                                        WHERE w.level_id = l.level_id
                                        ORDER BY w.batch_id DESC
                                        LIMIT 1) w
                    WHERE l.scale_id = r.scale_id
                      AND l.code = $4
                    LIMIT 1) l
WHERE k.name_key = $1;
