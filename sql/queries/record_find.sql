-- Everything that one new status record needs, in one row; no row where something isn't found or not unambiguous.
-- $1 the State's name or code, folded; $2 the document's symbol or NULL; $3 the place in the document;
-- $4 the level's code; $5 kind; $6 as-of date.
--
-- A one-row command pays for each table that is planned, so nothing is joined here that can be done without: batches of the
-- register and of recommendations are numbered under a lock, hence the newest version is that of the largest batch_id.
SELECT nextval('rectrack.batch_id') AS batch_id,
       s.state_id,
       (SELECT c.name
        FROM rectrack.state_name c
        WHERE c.state_id = s.state_id
          AND c.kind = 'iso3'
        LIMIT 1) AS iso3,
       (SELECT c.name
        FROM rectrack.state_name c
        WHERE c.state_id = s.state_id
          AND (c.language, c.kind) = ('en', 'short')
        ORDER BY c.batch_id DESC
        LIMIT 1) AS name,
       r.rec_id,
       r.symbol || ':' || r.place AS reference,
       r.instrument_id,
       l.level_id,
       l.code AS level,
       v.label,
       v.kind AS level_kind,
       (SELECT max(n.rev)
        FROM rectrack.status_record n
        WHERE (n.state_id, n.rec_id, n.kind, n.as_of) = (s.state_id, r.rec_id, $5, $6)) AS rev,
       EXISTS (SELECT FROM rectrack.supersession e WHERE e.rec_id = r.rec_id) AS superseded
FROM (SELECT DISTINCT n.state_id
      FROM rectrack.state_name n
      WHERE n.name_key = $1) s
CROSS JOIN (SELECT r.rec_id, r.place, d.symbol, v.scale_id, v.instrument_id, count(*) OVER () AS found
            FROM rectrack.recommendation r
            JOIN rectrack.document d USING (document_id)
            CROSS JOIN LATERAL (SELECT v.scale_id, v.instrument_id
                                FROM rectrack.recommendation_version v
                                WHERE v.rec_id = r.rec_id
                                  AND v.batch_id NOT IN (SELECT withdrawn_batch_id FROM rectrack.batch_withdrawal)
                                ORDER BY v.batch_id DESC
                                LIMIT 1) v
            WHERE r.place = $3
              AND ($2::text IS NULL OR d.symbol = $2)
              AND d.batch_id NOT IN (SELECT withdrawn_batch_id FROM rectrack.batch_withdrawal)) r
JOIN rectrack.level l ON (l.scale_id, l.code) = (r.scale_id, $4)
CROSS JOIN LATERAL (SELECT v.label, v.kind
                    FROM rectrack.level_version v
                    WHERE v.level_id = l.level_id
                    ORDER BY v.batch_id DESC
                    LIMIT 1) v
WHERE r.found = 1;
