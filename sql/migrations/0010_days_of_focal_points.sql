-- The check of 0008_past_the_program.sql on every record cost the commands that write one row five functions that they don't meet
-- otherwise.  What it kept out is left to the guard of focal points, who are the least trusted and whose rows are looked at one by one
-- anyway; what a recorder writes so by hand stops tables until its batch is undone, which "verify" names.

ALTER TABLE rectrack.status_record
    DROP CONSTRAINT status_record_check,
    ADD CONSTRAINT status_record_kind_check CHECK (kind IN (1, 2)) NOT VALID,
    ADD CONSTRAINT status_record_rev_check CHECK (rev > 0) NOT VALID;

-- Whether a focal point may add a record: as focal_point_may_add, and of a day and with numbers that tables can read as one number
-- (reports/counting/record_stream.c).
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
