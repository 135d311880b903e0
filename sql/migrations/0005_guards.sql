-- What a writer could still do past the program, by hand or in a race of two: take one record or batch back twice, and
-- commit rows without sealing their batch, which then would stand in no ledger.

-- Of two that take the same back the second waits for the first, under the ledger's lock (sql/queries/batch_lock.sql),
-- which it needs in a moment anyway, and is told.
CREATE FUNCTION rectrack.refuse_second_withdrawal() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(7233204, 1);
    IF EXISTS (SELECT
               FROM rectrack.withdrawal w
               JOIN rectrack.batches_at(2147483647) b USING (batch_id)
               WHERE (w.state_id, w.rec_id, w.kind, w.as_of, w.rev) = (NEW.state_id, NEW.rec_id, NEW.kind, NEW.as_of, NEW.rev)
                 AND w.batch_id <> NEW.batch_id) THEN
        RAISE EXCEPTION 'the record "%" was taken back already',
                (SELECT n.batch_id || '.' || n.line
                 FROM rectrack.status_record n
                 WHERE (n.state_id, n.rec_id, n.kind, n.as_of, n.rev) = (NEW.state_id, NEW.rec_id, NEW.kind, NEW.as_of, NEW.rev))
            USING ERRCODE = 'RT001', HINT = 'Record what the State says with "rectrack record".';
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION rectrack.refuse_second_undo() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(7233204, 1);
    IF EXISTS (SELECT
               FROM rectrack.batch_withdrawal w
               JOIN rectrack.batch b USING (batch_id)
               WHERE w.withdrawn_batch_id = NEW.withdrawn_batch_id
                 AND w.batch_id <> NEW.batch_id) THEN
        RAISE EXCEPTION 'batch % was undone already', NEW.withdrawn_batch_id
            USING ERRCODE = 'RT001', HINT = 'Import the file again if it should count after all.';
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER once AFTER INSERT ON rectrack.withdrawal
    FOR EACH ROW EXECUTE FUNCTION rectrack.refuse_second_withdrawal();
ALTER TABLE rectrack.withdrawal ENABLE ALWAYS TRIGGER once;
CREATE TRIGGER once AFTER INSERT ON rectrack.batch_withdrawal
    FOR EACH ROW EXECUTE FUNCTION rectrack.refuse_second_undo();
ALTER TABLE rectrack.batch_withdrawal ENABLE ALWAYS TRIGGER once;

-- At the commit. The tables that recorders write get this trigger (sql/queries/schema_protect.sql) but the two that imports
-- fill by the million: of these, rows that are in no ledger are left out where tables are made (report_exclusions.sql).
CREATE FUNCTION rectrack.refuse_unsealed() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM rectrack.batch b WHERE b.batch_id = NEW.batch_id) THEN
        RAISE EXCEPTION 'rows of rectrack.% were added to a batch that isn''t in the ledger', TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege', HINT = 'Record and import with the commands of rectrack.';
    END IF;
    RETURN NULL;
END
$$;
