-- What one status record needs to know is also when its recommendation was adopted, so that a slip of the as-of day's year is told.

-- As before (0006_known_as.sql), with the day of adoption of recommendations in "since".
CREATE OR REPLACE VIEW rectrack.known_as_now AS
WITH state AS (
    SELECT DISTINCT ON (v.state_id) v.state_id, s.iso3, v.name, v.un_member
    FROM rectrack.state_version v
    JOIN rectrack.state s USING (state_id)
    ORDER BY v.state_id, v.batch_id DESC
), instrument AS (
    SELECT DISTINCT ON (v.instrument_id) v.instrument_id, v.in_force_on
    FROM rectrack.instrument_version v
    ORDER BY v.instrument_id, v.batch_id DESC
), party AS (
    -- From the later of the entry into force and the 30th day after its deposit (UNTOC art. 38).
    SELECT DISTINCT ON (p.instrument_id, p.state_id)
           p.state_id,
           p.instrument_id,
           CASE WHEN p.deposited_on IS NOT NULL THEN greatest(p.deposited_on + 30, i.in_force_on) END AS since,
           p.withdrawn_on AS until
    FROM rectrack.party p
    JOIN instrument i USING (instrument_id)
    ORDER BY p.instrument_id, p.state_id, p.batch_id DESC
), bound AS (
    SELECT p.state_id, p.instrument_id::integer, p.since, p.until
    FROM party p
    UNION ALL
    SELECT s.state_id, 0, NULL, NULL
    FROM state s
    WHERE s.un_member
), recommendation AS (
    SELECT DISTINCT ON (r.rec_id)
           r.rec_id,
           r.place,
           d.symbol || ':' || r.place AS reference,
           v.scale_id,
           CASE WHEN v.instrument_id IN (SELECT p.instrument_id FROM party p) THEN v.instrument_id ELSE 0 END AS instrument_id,
           coalesce(d.held_to, d.dated) AS adopted,
           r.rec_id IN (SELECT e.rec_id FROM rectrack.supersession e) AS superseded
    FROM rectrack.recommendation r
    JOIN rectrack.document d USING (document_id)
    JOIN rectrack.recommendation_version v USING (rec_id)
    WHERE d.batch_id NOT IN (SELECT w.withdrawn_batch_id FROM rectrack.batch_withdrawal w)
      AND v.batch_id NOT IN (SELECT w.withdrawn_batch_id FROM rectrack.batch_withdrawal w)
    ORDER BY r.rec_id, v.batch_id DESC
), level AS (
    SELECT DISTINCT ON (l.level_id) l.level_id, l.scale_id, l.code, v.label, v.kind
    FROM rectrack.level l
    JOIN rectrack.level_version v USING (level_id)
    ORDER BY l.level_id, v.batch_id DESC
)
SELECT '' COLLATE "C" AS key, 'schema' AS kind, NULL::integer AS id,
       (SELECT array_agg(m.sha256 ORDER BY m.version) FROM rectrack.migration m)::text AS code,
       NULL AS name, NULL::integer AS scale_id, NULL::integer AS instrument_id, NULL::date AS since, NULL::date AS until,
       NULL::boolean AS superseded, NULL AS level_kind
UNION ALL
SELECT DISTINCT k.name_key, 'state', s.state_id, s.iso3, s.name, NULL::integer, NULL::integer, NULL::date, NULL::date,
       NULL::boolean, NULL
FROM rectrack.state_name k
JOIN state s USING (state_id)
UNION ALL
SELECT DISTINCT k.name_key, 'party', b.state_id, NULL, NULL, NULL::integer, b.instrument_id, b.since, b.until, NULL::boolean, NULL
FROM rectrack.state_name k
JOIN bound b USING (state_id)
UNION ALL
SELECT k.key, 'recommendation', r.rec_id, r.reference, NULL, r.scale_id, r.instrument_id, r.adopted, NULL, r.superseded, NULL
FROM recommendation r
CROSS JOIN LATERAL (VALUES (r.place), (r.reference)) k (key)
UNION ALL
SELECT l.code, 'level', l.level_id, l.code, l.label, l.scale_id, NULL, NULL, NULL, NULL, l.kind
FROM level l;

COMMENT ON COLUMN rectrack.known_as.since IS
    'of a Party: the first day on which it is bound; of a recommendation: the day of its adoption; NULL: always, or unknown';

SELECT rectrack.know_again();
