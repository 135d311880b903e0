-- What a user could still do past the program, with plain SQL or in a race of two: write the register outside the ledger, leave
-- known_as stale, undo the register, or a document under the hands of somebody who records on it, and write numbers and days that stop
-- every table.

-- ---------------------------------------------------------------------------
-- Rows and their batch
-- ---------------------------------------------------------------------------

-- At the commit, on every table with a batch but the two that imports fill by the million (sql/queries/schema_protect.sql).  A batch
-- that says that it holds nothing but records (the kinds that schema_protect.sql leaves out) mustn't hold what known_as follows from.
CREATE OR REPLACE FUNCTION rectrack.refuse_unsealed() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    kind CONSTANT text := (SELECT b.kind FROM rectrack.batch b WHERE b.batch_id = NEW.batch_id);
BEGIN
    IF kind IS NULL THEN
        RAISE EXCEPTION 'rows of rectrack.% were added to a batch that isn''t in the ledger', TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege', HINT = 'Record and import with the commands of rectrack.';
    ELSIF kind IN ('record', 'status', 'amend', 'withdraw', 'access') AND TG_TABLE_NAME NOT IN ('withdrawal', 'access_grant') THEN
        RAISE EXCEPTION 'a batch of the kind "%" has no rows of rectrack.%', kind, TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege', HINT = 'Record and import with the commands of rectrack.';
    END IF;
    RETURN NULL;
END
$$;

-- ---------------------------------------------------------------------------
-- Undoing what others rest on
-- ---------------------------------------------------------------------------

-- Which batches can be undone: not those whose rows are only ever followed by newer ones (core/record/record_undo.c has the same kinds, with
-- what to do instead); and not those with recommendations on which records rest.
--
-- Whoever undoes a batch with recommendations waits for those who are adding records, and makes those wait who begin to: each of them
-- then sees what the other did.  A record only takes the lock that every INSERT takes, and is looked at again where another batch has
-- come in between (core/record/record.c); an import takes that lock before it looks up recommendations.  The wait is short, since
-- others wait behind it: who meets an import of a million rows is told to come back.
--
-- With its owner's rights, since the others may not lock out writers; it reads and locks, and writes nothing.
CREATE FUNCTION rectrack.refuse_undo() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s'
AS $$
DECLARE
    kind CONSTANT text := (SELECT b.kind FROM rectrack.batch b WHERE b.batch_id = NEW.withdrawn_batch_id);
    resting bigint;
BEGIN
    IF kind IN ('register', 'undo', 'access') THEN
        RAISE EXCEPTION 'batch % (%) can''t be undone', NEW.withdrawn_batch_id, kind
            USING ERRCODE = 'RT001', HINT = 'What stands instead of it is added by a newer batch.';
    END IF;
    IF NOT EXISTS (SELECT FROM rectrack.recommendation r WHERE r.batch_id = NEW.withdrawn_batch_id) THEN
        RETURN NULL;
    END IF;
    BEGIN
        LOCK TABLE rectrack.status_record IN SHARE MODE;
    EXCEPTION WHEN lock_not_available THEN
        RAISE EXCEPTION 'records are being added that may rest on the recommendations of batch %', NEW.withdrawn_batch_id
            USING ERRCODE = 'RT002', HINT = 'Run the same command again when the import that is under way has ended.';
    END;
    SELECT count(*)
    INTO resting
    FROM rectrack.recommendation r
    JOIN rectrack.status_record n USING (rec_id)
    JOIN rectrack.batches_at(2147483647) o ON o.batch_id = n.batch_id
    WHERE r.batch_id = NEW.withdrawn_batch_id
      AND n.batch_id <> r.batch_id;
    IF resting > 0 THEN
        RAISE EXCEPTION '% records rest on the recommendations of batch %', resting, NEW.withdrawn_batch_id
            USING ERRCODE = 'RT001', HINT = 'Undo the batches of those records first; see "rectrack list batches".';
    END IF;
    RETURN NULL;
END
$$;

-- Before "once", which takes the ledger's lock: that comes last, with everybody who writes.
CREATE TRIGGER may_be_undone AFTER INSERT ON rectrack.batch_withdrawal
    FOR EACH ROW EXECUTE FUNCTION rectrack.refuse_undo();
ALTER TABLE rectrack.batch_withdrawal ENABLE ALWAYS TRIGGER may_be_undone;

-- ---------------------------------------------------------------------------
-- Numbers and days that stop a table
-- ---------------------------------------------------------------------------

-- Tables read a record as one number of its day, recommendation and level (reports/counting/record_stream.c).  A day that no calendar
-- of ours has, or a number below 1, which only plain SQL can write, would end every table with an error, or count for another pair.
-- Focal points, who are the least trusted and whose rows are looked at one by one anyway, are kept from it; a check of every record would
-- have each command that writes one look up functions that it doesn't meet otherwise.  What a recorder writes so by hand stops tables
-- until its batch is undone, which "verify" names.

-- Whether a focal point may add a record: as focal_point_may_add, and of a day and with numbers that tables can read.
CREATE FUNCTION rectrack.focal_point_may_record(batch_id integer, state_id smallint, kind smallint, rec_id integer, level smallint, as_of date)
    RETURNS boolean
    LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT rectrack.focal_point_may_add(batch_id, state_id, kind)
           AND rec_id > 0
           AND level > 0
           AND as_of BETWEEN '1900-01-01' AND '2199-12-31';
END;

DROP TRIGGER own_batch ON rectrack.status_record;
CREATE TRIGGER own_batch AFTER INSERT ON rectrack.status_record
    FOR EACH ROW
    WHEN (NEW.batch_id IS DISTINCT FROM rectrack.session_batch()
          AND rectrack.focal_point_may_record(NEW.batch_id, NEW.state_id, NEW.kind, NEW.rec_id, NEW.level, NEW.as_of) IS NOT TRUE)
    EXECUTE FUNCTION rectrack.refuse_row();
ALTER TABLE rectrack.status_record ENABLE ALWAYS TRIGGER own_batch;
