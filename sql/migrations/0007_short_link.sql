-- What linking a batch to the ledger costs: less, for the commands that write one row.

-- Whether a batch follows the one before it, at the time that it is; NULL where there is none before it.  Positions are unique and
-- without a gap, so what follows the batch before is the end; and one row by its key is found sooner, by a connection that asks for the
-- first time, than the last of all.  "One microsecond after the batch before" is what a server writes whose clock was set back.
CREATE OR REPLACE FUNCTION rectrack.is_next_batch(new_position integer, previous bytea, at timestamptz) RETURNS boolean
    LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT b.batch_sha256 = previous
           AND b.recorded_at < at
           AND (at - clock_timestamp() BETWEEN interval '-1 minute' AND interval '1 minute'
                OR at - b.recorded_at = interval '1 microsecond')
    FROM rectrack.batch b
    WHERE b.position = new_position - 1;
END;

-- The ledger begins once: the first position is taken from then on.  After the insert: a position that is taken is found first, and the
-- session keeps its number for another try.
DROP TRIGGER own_batch ON rectrack.batch;
CREATE TRIGGER own_batch AFTER INSERT ON rectrack.batch
    FOR EACH ROW
    WHEN (NEW.recorded_by <> session_user::text
          OR NEW.batch_id <> currval('rectrack.batch_id')
          OR (NEW.position > 1 AND rectrack.is_next_batch(NEW.position, NEW.previous_sha256, NEW.recorded_at) IS NOT TRUE)
          OR (NEW.position = 1 AND NEW.previous_sha256 <> decode(repeat('0', 64), 'hex'))
          OR rectrack.forget_batch())
    EXECUTE FUNCTION rectrack.refuse_row();
ALTER TABLE rectrack.batch ENABLE ALWAYS TRIGGER own_batch;

-- Figures about these columns help no plan; each connection that reads them would read the figures too.
ALTER TABLE rectrack.known_as
    ALTER COLUMN kind SET STATISTICS 0,
    ALTER COLUMN id SET STATISTICS 0,
    ALTER COLUMN code SET STATISTICS 0,
    ALTER COLUMN name SET STATISTICS 0,
    ALTER COLUMN scale_id SET STATISTICS 0,
    ALTER COLUMN instrument_id SET STATISTICS 0,
    ALTER COLUMN since SET STATISTICS 0,
    ALTER COLUMN until SET STATISTICS 0,
    ALTER COLUMN superseded SET STATISTICS 0,
    ALTER COLUMN level_kind SET STATISTICS 0;
ALTER TABLE rectrack.batch
    ALTER COLUMN previous_sha256 SET STATISTICS 0,
    ALTER COLUMN batch_sha256 SET STATISTICS 0;
