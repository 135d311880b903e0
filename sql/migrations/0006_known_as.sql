-- What one status record needs to know, in one place, and what its rows are checked for, at the price of one row.
--
-- A command that logs one record pays for each table, function and operator that its connection meets for the first time: looking
-- up a State, a place, a level and the population in fourteen tables took longer than everything else that it does.  So what they are
-- called stands once more in one table, with one index.

-- ---------------------------------------------------------------------------
-- What things are called
-- ---------------------------------------------------------------------------

-- Derived: know_again() fills it from the view below with every batch that could change what that says; `verify` compares the two.
-- Nobody adds to it otherwise, and no figure rests on it: it leads from words to numbers.
CREATE TABLE rectrack.known_as (
    key           text COLLATE "C" NOT NULL,  -- what people write: a State's name folded, a place or full reference, a level's code
    kind          text NOT NULL CHECK (kind IN ('schema', 'state', 'party', 'recommendation', 'level')),
    id            integer,  -- of the State, recommendation or level; of the State for a Party
    code          text,     -- its alpha-3 code, full reference or code; the digests of the migrations for the schema (key '')
    name          text,     -- the State's name, the level's label
    scale_id      integer,  -- of a level, and of the levels that a recommendation can have
    instrument_id integer,  -- whose Parties a recommendation is for, and to which a State is a Party; 0: the UN members stand in
    since         date,     -- of a Party: the first day on which it is bound; NULL: always
    until         date,     -- the first day on which it no longer is; NULL: none
    superseded    boolean,  -- of a recommendation: a later version of its document said something of it
    level_kind    text      -- of a level: reported, assessed or both
);

CREATE INDEX known_as_key ON rectrack.known_as (key);
-- A key answers to a handful of rows, whichever it is: figures about the column would only be read, by each connection anew.
ALTER TABLE rectrack.known_as ALTER COLUMN key SET STATISTICS 0;

COMMENT ON TABLE rectrack.known_as IS 'what States, recommendations and levels are called; derived from the register and the documents';

-- Batches of the register and of recommendations are numbered under a lock, so the newest version is that of the largest batch_id.
CREATE VIEW rectrack.known_as_now AS
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
SELECT k.key, 'recommendation', r.rec_id, r.reference, NULL, r.scale_id, r.instrument_id, NULL, NULL, r.superseded, NULL
FROM recommendation r
CROSS JOIN LATERAL (VALUES (r.place), (r.reference)) k (key)
UNION ALL
SELECT l.code, 'level', l.level_id, l.code, l.label, l.scale_id, NULL, NULL, NULL, NULL, l.kind
FROM level l;

COMMENT ON VIEW rectrack.known_as_now IS 'what the table known_as must say';

-- Brings known_as up to date, one session at a time.  Only what differs is written.
CREATE FUNCTION rectrack.know_again() RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    LOCK TABLE rectrack.known_as IN SHARE ROW EXCLUSIVE MODE;
    DELETE FROM rectrack.known_as k
    USING (TABLE rectrack.known_as EXCEPT TABLE rectrack.known_as_now) gone
    WHERE k.key = gone.key
      AND (k.kind, k.id, k.code, k.name, k.scale_id, k.instrument_id, k.since, k.until, k.superseded, k.level_kind)
          IS NOT DISTINCT FROM
          (gone.kind, gone.id, gone.code, gone.name, gone.scale_id, gone.instrument_id, gone.since, gone.until, gone.superseded,
           gone.level_kind);
    INSERT INTO rectrack.known_as
    TABLE rectrack.known_as_now EXCEPT TABLE rectrack.known_as;
END
$$;

-- Called with every batch but those that hold nothing but records (schema_protect.sql), whoever writes it.
CREATE FUNCTION rectrack.know_batch() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM rectrack.know_again();
    RETURN NULL;
END
$$;

-- ---------------------------------------------------------------------------
-- Whose batch a row belongs to
-- ---------------------------------------------------------------------------

-- The rule of 0002_access.sql stands: rows are added to a batch that the session has begun and not yet sealed.  What changes is how
-- that is known.  The number that a session took last is its open batch; sealing it makes the session forget the number.  So nothing
-- is looked up in the ledger for it, and what cost a one-row command a millisecond costs next to nothing.

-- The batch that every row of this session belongs to; 0 for a focal point, whose rows are looked at one by one.  Declared immutable
-- for the reason that 0002_access.sql gives.  (A setting of its own, here and below, spares each statement the attempt to put the
-- function's body in its place.)
CREATE OR REPLACE FUNCTION rectrack.session_batch() RETURNS integer
    LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT CASE
               WHEN pg_has_role(session_user, to_regrole('rectrack_focal_point'), 'MEMBER')
                    AND pg_has_role(session_user, to_regrole('rectrack_recorder'), 'MEMBER') IS NOT TRUE
               THEN 0
               ELSE currval('rectrack.batch_id')::integer
           END;
END;

ALTER FUNCTION rectrack.is_next_batch(integer, bytea, timestamptz) SET search_path = pg_catalog, pg_temp;

-- Always false.  Afterwards currval() has nothing to tell this session until it takes another number.
CREATE FUNCTION rectrack.forget_batch() RETURNS boolean
    LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp
AS 'DISCARD SEQUENCES; SELECT false';

DROP TRIGGER own_batch ON rectrack.batch;
CREATE TRIGGER own_batch BEFORE INSERT ON rectrack.batch
    FOR EACH ROW
    WHEN (NEW.recorded_by <> session_user::text
          OR NEW.batch_id <> currval('rectrack.batch_id')
          OR NOT rectrack.is_next_batch(NEW.position, NEW.previous_sha256, NEW.recorded_at)
          OR rectrack.forget_batch())
    EXECUTE FUNCTION rectrack.refuse_row();
ALTER TABLE rectrack.batch ENABLE ALWAYS TRIGGER own_batch;
