-- Who may write what.
--
-- Readers see everything.  Recorders add documents, recommendations, responses and status records.  Focal points add
-- responses and reported records of their own State.  Administrators add to the register too, and say who may do what.
-- The grants are given by one rule (sql/queries/schema_protect.sql) after every migration.
--
-- Whoever has the right to add a row could still add it to somebody else's batch, or in somebody else's name.  Triggers
-- refuse that, for every user and every way in.  Their conditions cost next to nothing for a row that is as it should
-- be; only a row that isn't reaches a function in a procedural language.

-- Who was given which role, and by whom: the newest row of a user and role counts.  What the server goes by are its own
-- memberships, which are set together with the row; the State of a focal point stands here alone.
CREATE TABLE rectrack.access_grant (
    user_name text     NOT NULL,
    role      text     NOT NULL CHECK (role IN ('reader', 'recorder', 'focal-point', 'admin')),
    state_id  smallint REFERENCES rectrack.state,
    granted   boolean  NOT NULL,  -- false: taken away
    batch_id  integer  NOT NULL,
    PRIMARY KEY (user_name, role, batch_id),
    CHECK ((state_id IS NOT NULL) = (granted AND role = 'focal-point'))
);

-- Gives or takes away one of the four roles; the server checks whether the session's user may.
CREATE FUNCTION rectrack.set_membership(role text, user_name text, granted boolean) RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    server_role CONSTANT text := 'rectrack_' || replace(role, '-', '_');
BEGIN
    IF granted THEN
        EXECUTE format('GRANT %I TO %I', server_role, user_name)
                || CASE role WHEN 'admin' THEN ' WITH ADMIN OPTION' ELSE '' END;
    ELSE
        EXECUTE format('REVOKE %I FROM %I', server_role, user_name);
    END IF;
END
$$;

-- The State that the session's user is the focal point of; NULL: none.
CREATE FUNCTION rectrack.own_state() RETURNS smallint
    LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT g.state_id
    FROM rectrack.access_grant g
    JOIN rectrack.batch b USING (batch_id)
    WHERE g.user_name = session_user::text
      AND g.role = 'focal-point'
    ORDER BY b.position DESC
    LIMIT 1;
END;

-- The batch that every row of this session belongs to: the one whose number it took last, unless that is in the ledger
-- already; 0 for a focal point, whose rows are looked at one by one.
-- It is not immutable, but declared so on purpose: the condition of a trigger then has its value worked out once a
-- statement, not once a row (20 % of a large import).  A number that the statement itself takes is too late for it.
CREATE FUNCTION rectrack.session_batch() RETURNS integer
    LANGUAGE sql IMMUTABLE
BEGIN ATOMIC
    SELECT CASE
               WHEN pg_has_role(session_user, to_regrole('rectrack_focal_point'), 'MEMBER')
                    AND pg_has_role(session_user, to_regrole('rectrack_recorder'), 'MEMBER') IS NOT TRUE
               THEN 0
               ELSE (SELECT currval('rectrack.batch_id')::integer
                     WHERE NOT EXISTS (SELECT FROM rectrack.batch b WHERE b.batch_id = currval('rectrack.batch_id')))
           END;
END;

-- Whether a focal point may add a row of a State and kind to a batch.
CREATE FUNCTION rectrack.focal_point_may_add(batch_id integer, state_id smallint, kind smallint) RETURNS boolean
    LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT focal_point_may_add.batch_id = currval('rectrack.batch_id')
           AND kind = 1
           AND state_id = rectrack.own_state()
           AND NOT EXISTS (SELECT FROM rectrack.batch b WHERE b.batch_id = focal_point_may_add.batch_id);
END;

-- Whether a focal point may undo a batch: one of its own, in which there is nothing but reported records of its State.
CREATE FUNCTION rectrack.focal_point_may_undo(batch_id integer, undone integer) RETURNS boolean
    LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT rectrack.focal_point_may_add(focal_point_may_undo.batch_id, rectrack.own_state(), 1::smallint)
           AND EXISTS (SELECT
                       FROM rectrack.batch b
                       WHERE b.batch_id = undone
                         AND b.recorded_by = session_user::text
                         AND b.kind IN ('status', 'record', 'amend'))
           AND NOT EXISTS (SELECT
                           FROM rectrack.response r
                           WHERE r.batch_id = undone
                             AND r.state_id <> rectrack.own_state())
           AND NOT EXISTS (SELECT
                           FROM rectrack.status_record n
                           WHERE n.state_id = rectrack.own_state()
                             AND n.batch_id = undone
                             AND n.kind <> 1);
END;

-- Whether a batch takes the next place in the ledger, at the time that it is.  "One microsecond after the batch before"
-- is what a server writes whose clock was set back.
CREATE FUNCTION rectrack.is_next_batch(new_position integer, previous bytea, at timestamptz) RETURNS boolean
    LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT new_position = coalesce(b.position, 0) + 1
           AND previous = coalesce(b.batch_sha256, decode(repeat('0', 64), 'hex'))
           AND at > coalesce(b.recorded_at, '-infinity')
           AND (at BETWEEN clock_timestamp() - interval '1 minute' AND clock_timestamp() + interval '1 minute'
                OR at = b.recorded_at + interval '1 microsecond')
    FROM (SELECT) nothing
    LEFT JOIN LATERAL (SELECT b.position, b.batch_sha256, b.recorded_at
                       FROM rectrack.batch b
                       ORDER BY b.position DESC
                       LIMIT 1) b ON true;
END;

CREATE FUNCTION rectrack.refuse_row() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF TG_TABLE_NAME = 'batch' THEN
        RAISE EXCEPTION 'a batch is added at the end of the ledger only, at its time, and in the name of the session''s user'
            USING ERRCODE = 'insufficient_privilege', HINT = 'Record and import with the commands of rectrack.';
    ELSIF rectrack.session_batch() IS DISTINCT FROM 0 THEN
        RAISE EXCEPTION 'rows of rectrack.% are added to a batch that this session has begun, and to no other', TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege', HINT = 'Record and import with the commands of rectrack.';
    ELSIF rectrack.own_state() IS NULL THEN
        RAISE EXCEPTION 'nothing says which State "%" is the focal point of', session_user
            USING ERRCODE = 'insufficient_privilege',
                  HINT = format('Ask an administrator for: rectrack access grant %s focal-point --state STATE.',
                                session_user);
    ELSE
        RAISE EXCEPTION 'the focal point of % writes and takes back reported records of that State only',
                (SELECT s.iso3 FROM rectrack.state s WHERE s.state_id = rectrack.own_state())
            USING ERRCODE = 'insufficient_privilege', HINT = 'Ask the secretariat to record what concerns others.';
    END IF;
END
$$;

-- schema_protect.sql gives every other table with a batch the plain form of this trigger.
CREATE TRIGGER own_batch BEFORE INSERT ON rectrack.batch
    FOR EACH ROW
    WHEN (NEW.recorded_by <> session_user::text
          OR NEW.batch_id <> currval('rectrack.batch_id')
          OR NOT rectrack.is_next_batch(NEW.position, NEW.previous_sha256, NEW.recorded_at))
    EXECUTE FUNCTION rectrack.refuse_row();

CREATE TRIGGER own_batch AFTER INSERT ON rectrack.response
    FOR EACH ROW
    WHEN (NEW.batch_id IS DISTINCT FROM rectrack.session_batch()
          AND rectrack.focal_point_may_add(NEW.batch_id, NEW.state_id, 1::smallint) IS NOT TRUE)
    EXECUTE FUNCTION rectrack.refuse_row();

CREATE TRIGGER own_batch AFTER INSERT ON rectrack.status_record
    FOR EACH ROW
    WHEN (NEW.batch_id IS DISTINCT FROM rectrack.session_batch()
          AND rectrack.focal_point_may_add(NEW.batch_id, NEW.state_id, NEW.kind) IS NOT TRUE)
    EXECUTE FUNCTION rectrack.refuse_row();

CREATE TRIGGER own_batch AFTER INSERT ON rectrack.withdrawal
    FOR EACH ROW
    WHEN (NEW.batch_id IS DISTINCT FROM rectrack.session_batch()
          AND rectrack.focal_point_may_add(NEW.batch_id, NEW.state_id, NEW.kind) IS NOT TRUE)
    EXECUTE FUNCTION rectrack.refuse_row();

CREATE TRIGGER own_batch AFTER INSERT ON rectrack.batch_withdrawal
    FOR EACH ROW
    WHEN (NEW.batch_id IS DISTINCT FROM rectrack.session_batch()
          AND rectrack.focal_point_may_undo(NEW.batch_id, NEW.withdrawn_batch_id) IS NOT TRUE)
    EXECUTE FUNCTION rectrack.refuse_row();
