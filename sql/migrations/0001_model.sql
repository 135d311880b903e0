-- The model of DESIGN section 1.
--
-- Nothing is updated or deleted.  What can be corrected later is split in two:
-- an identity (state, instrument, level, recommendation: the number and the code
-- never change) and versions of what is said of it, each written by a batch.
-- A batch has a number, taken when it begins, and a ledger position, taken when
-- it commits: "known at" means positions (section 8 of the measured anchors:
-- batch numbers are not in the order of commits).

CREATE SCHEMA rectrack;

COMMENT ON SCHEMA rectrack IS 'rectrack: what States Parties do about the recommendations of a treaty conference';

-- Which migrations this database has had.
CREATE TABLE rectrack.migration (
    version    integer     PRIMARY KEY,
    name       text        NOT NULL,
    sha256     text        NOT NULL,  -- of the migration's text
    applied_at timestamptz NOT NULL DEFAULT now(),
    applied_by text        NOT NULL DEFAULT session_user
);

-- ---------------------------------------------------------------------------
-- The ledger of batches
-- ---------------------------------------------------------------------------

CREATE SEQUENCE rectrack.batch_id AS integer;

CREATE TABLE rectrack.batch (
    position        integer     PRIMARY KEY CHECK (position > 0),
    batch_id        integer     NOT NULL UNIQUE,
    kind            text        NOT NULL,
    summary         text        NOT NULL,
    notice          text,                      -- repeated by every table that rests on this batch
    file_name       text,
    file_sha256     bytea       CHECK (octet_length(file_sha256) = 32),
    recorded_at     timestamptz NOT NULL,      -- of the commit; strictly later than the position before
    recorded_by     text        NOT NULL,      -- the database's session user
    os_user         text        NOT NULL,      -- the operating system's user, as the program saw it
    tool_version    text        NOT NULL,
    content         text        NOT NULL,      -- one line a table: name, rows, SHA-256 of the rows' canonical form
    previous_sha256 bytea       NOT NULL CHECK (octet_length(previous_sha256) = 32),
    batch_sha256    bytea       NOT NULL CHECK (octet_length(batch_sha256) = 32)
);

CREATE INDEX batch_file ON rectrack.batch (file_sha256) WHERE file_sha256 IS NOT NULL;
CREATE INDEX batch_recorded_at ON rectrack.batch (recorded_at);

COMMENT ON TABLE rectrack.batch IS 'one write to the database, by one person, of one file or one command';

-- A moment as whole microseconds since 1970-01-01T00:00:00Z, as the canonical form of a batch writes it.
CREATE FUNCTION rectrack.microseconds(value timestamptz) RETURNS bigint
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (extract(epoch FROM value) * 1000000)::bigint;

-- ---------------------------------------------------------------------------
-- The register: States, instruments, Parties, scales
-- ---------------------------------------------------------------------------

CREATE TABLE rectrack.state (
    state_id smallint PRIMARY KEY,
    iso3     text     NOT NULL UNIQUE CHECK (iso3 ~ '^[A-Z]{3}$'),
    batch_id integer  NOT NULL
);

CREATE TABLE rectrack.state_version (
    state_id       smallint NOT NULL REFERENCES rectrack.state,
    batch_id       integer  NOT NULL,
    iso2           text,
    m49            text CHECK (m49 ~ '^[0-9]{3}$'),
    name           text     NOT NULL,
    name_formal    text,
    un_member      boolean  NOT NULL,
    regional_group text,
    m49_region     text,
    m49_subregion  text,
    ldc            boolean  NOT NULL,
    lldc           boolean  NOT NULL,
    sids           boolean  NOT NULL,
    PRIMARY KEY (state_id, batch_id)
);

-- Everything that a State may be called by: its codes (language ''), names in six languages, aliases, former names.
-- Old names go on to be understood; the newest short name of a language is the one that is shown.
CREATE TABLE rectrack.state_name (
    state_id smallint NOT NULL REFERENCES rectrack.state,
    language text     NOT NULL CHECK (language IN ('', 'ar', 'en', 'es', 'fr', 'ru', 'zh')),
    kind     text     NOT NULL CHECK (kind IN ('iso3', 'iso2', 'm49', 'short', 'formal', 'alias', 'former')),
    name     text     NOT NULL,
    name_key text     NOT NULL,  -- the name folded for comparison (core/text.h: text_fold)
    batch_id integer  NOT NULL,
    PRIMARY KEY (state_id, language, kind, name, batch_id)
);

CREATE INDEX state_name_key ON rectrack.state_name (name_key);

CREATE TABLE rectrack.instrument (
    instrument_id smallint PRIMARY KEY,
    code          text     NOT NULL UNIQUE,
    batch_id      integer  NOT NULL
);

CREATE TABLE rectrack.instrument_version (
    instrument_id    smallint NOT NULL REFERENCES rectrack.instrument,
    batch_id         integer  NOT NULL,
    title            text     NOT NULL,
    adopted_on       date,
    in_force_on      date,
    treaty_reference text,
    PRIMARY KEY (instrument_id, batch_id)
);

CREATE TABLE rectrack.party (
    instrument_id smallint NOT NULL REFERENCES rectrack.instrument,
    state_id      smallint NOT NULL REFERENCES rectrack.state,
    batch_id      integer  NOT NULL,
    deposited_on  date,               -- unknown: a Party on every day
    action        text,
    source        text,
    withdrawn_on  date,               -- the day on which a withdrawal takes effect
    PRIMARY KEY (instrument_id, state_id, batch_id)
);

-- Which instrument the recommendations of a body concern, where the document doesn't say.
CREATE TABLE rectrack.body_instrument (
    body_key      text     NOT NULL,  -- the body's name, folded
    body          text     NOT NULL,
    instrument_id smallint NOT NULL REFERENCES rectrack.instrument,
    batch_id      integer  NOT NULL,
    PRIMARY KEY (body_key, batch_id)
);

CREATE TABLE rectrack.article (
    instrument_id smallint NOT NULL REFERENCES rectrack.instrument,
    article       text     NOT NULL,
    batch_id      integer  NOT NULL,
    title         text     NOT NULL,
    PRIMARY KEY (instrument_id, article, batch_id)
);

CREATE TABLE rectrack.theme (
    theme_id smallint PRIMARY KEY,
    code     text     NOT NULL UNIQUE,
    batch_id integer  NOT NULL
);

CREATE TABLE rectrack.theme_version (
    theme_id smallint NOT NULL REFERENCES rectrack.theme,
    batch_id integer  NOT NULL,
    label    text     NOT NULL,
    PRIMARY KEY (theme_id, batch_id)
);

CREATE TABLE rectrack.scale (
    scale_id smallint PRIMARY KEY,
    code     text     NOT NULL UNIQUE,
    batch_id integer  NOT NULL
);

CREATE TABLE rectrack.level (
    level_id smallint PRIMARY KEY,
    scale_id smallint NOT NULL REFERENCES rectrack.scale,
    code     text     NOT NULL CHECK (code <> 'no-response'),
    batch_id integer  NOT NULL,
    UNIQUE (scale_id, code)
);

CREATE TABLE rectrack.level_version (
    level_id smallint      NOT NULL REFERENCES rectrack.level,
    batch_id integer       NOT NULL,
    label    text          NOT NULL,
    letter   text          NOT NULL,
    rank     smallint      NOT NULL,
    weight   numeric(4, 2) CHECK (weight BETWEEN 0 AND 1),  -- NULL: does not count in a score
    closes   boolean       NOT NULL,
    colour   text          NOT NULL CHECK (colour ~ '^#[0-9a-f]{6}$'),
    kind     text          NOT NULL CHECK (kind IN ('reported', 'assessed', 'both')),
    PRIMARY KEY (level_id, batch_id)
);

-- ---------------------------------------------------------------------------
-- Documents and recommendations
-- ---------------------------------------------------------------------------

CREATE TABLE rectrack.document (
    document_id       integer PRIMARY KEY,
    symbol            text    NOT NULL,  -- one document a symbol, undone ones aside
    title             text,
    conference        text,
    body              text,
    session           text,
    distribution      text,
    place             text,
    held              text,   -- as the document writes it
    held_from         date,
    held_to           date,
    dated             date,
    language          text,
    original_language text,
    instrument_id     smallint REFERENCES rectrack.instrument,
    file_name         text,
    file_sha256       bytea,
    batch_id          integer NOT NULL
);

CREATE INDEX document_symbol ON rectrack.document (symbol);

CREATE TABLE rectrack.paragraph (
    document_id integer NOT NULL REFERENCES rectrack.document,
    ordinal     integer NOT NULL,
    kind        text    NOT NULL
        CHECK (kind IN ('masthead', 'title', 'chapter', 'section', 'heading', 'numbered', 'item', 'text')),
    number      text    NOT NULL,
    place       text    NOT NULL,
    text        text    NOT NULL,
    continued   boolean NOT NULL,
    line        integer NOT NULL,
    batch_id    integer NOT NULL,
    PRIMARY KEY (document_id, ordinal)
);

-- The States that a document names as having made statements.
CREATE TABLE rectrack.statement (
    document_id integer  NOT NULL,
    ordinal     integer  NOT NULL,
    state_id    smallint NOT NULL REFERENCES rectrack.state,
    name        text     NOT NULL,  -- as written
    batch_id    integer  NOT NULL,
    PRIMARY KEY (document_id, ordinal, state_id),
    FOREIGN KEY (document_id, ordinal) REFERENCES rectrack.paragraph
);

CREATE TABLE rectrack.recommendation (
    rec_id      integer PRIMARY KEY,
    document_id integer NOT NULL REFERENCES rectrack.document,
    place       text    NOT NULL,  -- the reference without the symbol: II.A.1(a)
    place_key   text    NOT NULL,  -- sorts places as they come in a document
    chapter     text    NOT NULL,
    section     text    NOT NULL,
    batch_id    integer NOT NULL,
    UNIQUE (document_id, place)
);

CREATE INDEX recommendation_place ON rectrack.recommendation (place);

CREATE TABLE rectrack.recommendation_version (
    rec_id         integer  NOT NULL REFERENCES rectrack.recommendation,
    batch_id       integer  NOT NULL,
    text           text     NOT NULL,
    chapeau        text,
    instrument_id  smallint REFERENCES rectrack.instrument,
    scale_id       smallint NOT NULL REFERENCES rectrack.scale,
    to_all_parties boolean  NOT NULL,  -- otherwise the addressees are named
    due_on         date,
    PRIMARY KEY (rec_id, batch_id)
);

CREATE TABLE rectrack.recommendation_addressee (
    rec_id   integer  NOT NULL,
    batch_id integer  NOT NULL,
    state_id smallint NOT NULL REFERENCES rectrack.state,
    PRIMARY KEY (rec_id, batch_id, state_id),
    FOREIGN KEY (rec_id, batch_id) REFERENCES rectrack.recommendation_version
);

CREATE TABLE rectrack.recommendation_article (
    rec_id   integer NOT NULL,
    batch_id integer NOT NULL,
    article  text    NOT NULL,
    PRIMARY KEY (rec_id, batch_id, article),
    FOREIGN KEY (rec_id, batch_id) REFERENCES rectrack.recommendation_version
);

CREATE TABLE rectrack.recommendation_theme (
    rec_id   integer  NOT NULL,
    batch_id integer  NOT NULL,
    theme_id smallint NOT NULL REFERENCES rectrack.theme,
    PRIMARY KEY (rec_id, batch_id, theme_id),
    FOREIGN KEY (rec_id, batch_id) REFERENCES rectrack.recommendation_version
);

-- ---------------------------------------------------------------------------
-- Responses and status records
-- ---------------------------------------------------------------------------

-- Numbered inside their batch, so that an importer can number them without asking the server.
CREATE TABLE rectrack.response (
    batch_id    integer  NOT NULL,
    response    integer  NOT NULL,
    state_id    smallint NOT NULL,
    received_on date,
    channel     text CHECK (channel IN ('note-verbale', 'questionnaire', 'statement', 'letter', 'review', 'other')),
    source      text,
    PRIMARY KEY (batch_id, response)
);

-- One index, narrow, filled in key order; `rev` numbers the records of one (State, recommendation, kind, day) in the
-- order of recording, so that "the latest" is decided inside the key.  The codes are resolved on the client and no
-- foreign key is checked row by row, which would cost more than everything else together; States, recommendations and
-- levels can't be deleted or renumbered, and `verify` looks for numbers that nothing answers to.
-- A record is known to people as batch_id.line: the batch and the line of its file.
CREATE TABLE rectrack.status_record (
    rec_id   integer  NOT NULL,
    as_of    date     NOT NULL,
    batch_id integer  NOT NULL,
    line     integer  NOT NULL,
    response integer  NOT NULL,
    state_id smallint NOT NULL,
    kind     smallint NOT NULL CHECK (kind IN (1, 2)),  -- 1 reported by the State, 2 assessed by reviewers
    rev      smallint NOT NULL CHECK (rev > 0),
    level    smallint NOT NULL,
    note     text,
    evidence text,
    language text,
    PRIMARY KEY (state_id, rec_id, kind, as_of, rev) INCLUDE (level, batch_id)
);

-- A record that does not count from this batch on; the pair falls back to its record before.
CREATE TABLE rectrack.withdrawal (
    state_id smallint NOT NULL,
    rec_id   integer  NOT NULL,
    kind     smallint NOT NULL,
    as_of    date     NOT NULL,
    rev      smallint NOT NULL,
    batch_id integer  NOT NULL,
    reason   text     NOT NULL CHECK (reason <> ''),
    PRIMARY KEY (state_id, rec_id, kind, as_of, rev, batch_id),
    FOREIGN KEY (state_id, rec_id, kind, as_of, rev) REFERENCES rectrack.status_record
);

-- A whole batch that does not count from `batch_id` on.
CREATE TABLE rectrack.batch_withdrawal (
    withdrawn_batch_id integer NOT NULL REFERENCES rectrack.batch (batch_id),
    batch_id           integer NOT NULL,
    reason             text    NOT NULL CHECK (reason <> ''),
    PRIMARY KEY (withdrawn_batch_id, batch_id)
);

-- The batches that count at a ledger position: those up to it that no batch up to it has undone.
CREATE FUNCTION rectrack.batches_at(known integer) RETURNS TABLE (batch_id integer, "position" integer)
    LANGUAGE sql STABLE PARALLEL SAFE
AS $$
    SELECT b.batch_id, b.position
    FROM rectrack.batch b
    WHERE b.position <= known
      AND NOT EXISTS (SELECT
                      FROM rectrack.batch_withdrawal w
                      JOIN rectrack.batch u ON u.batch_id = w.batch_id
                      WHERE w.withdrawn_batch_id = b.batch_id
                        AND u.position <= known)
$$;

-- ---------------------------------------------------------------------------
-- Nothing is updated or deleted
-- ---------------------------------------------------------------------------

CREATE FUNCTION rectrack.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
AS $$
BEGIN
    RAISE EXCEPTION 'rows of rectrack.% are never changed or deleted', TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege',
              HINT = 'Correct a record with "rectrack amend", take it back with "rectrack withdraw", or undo a batch with "rectrack undo".';
END
$$;

-- ENABLE ALWAYS: also for a session that switched triggers off with session_replication_role.
DO $$
DECLARE
    name text;
BEGIN
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'rectrack' ORDER BY tablename LOOP
        EXECUTE format('CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON rectrack.%I
                        FOR EACH STATEMENT EXECUTE FUNCTION rectrack.refuse_change()', name);
        EXECUTE format('ALTER TABLE rectrack.%I ENABLE ALWAYS TRIGGER never_changed', name);
    END LOOP;
END
$$;
