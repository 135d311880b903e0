-- Protects every table and gives every role what it may do, by one rule, so that no migration has to remember it.
-- For the schema's owner, after the migrations; safe to repeat.  Anybody else changes nothing.
--
-- Every table but known_as, which is derived: readers see it, nobody changes it.  A table with a batch: administrators add to it, recorders too unless
-- it belongs to the register or says who may do what; focal points add to the five that their records need.  A table
-- without a batch: only the owner adds to it; but readers note their runs of export jobs.
DO $$
DECLARE
    administrators_only CONSTANT text[] := ARRAY [
        'state', 'state_version', 'state_name', 'instrument', 'instrument_version', 'party', 'body_instrument', 'article',
        'theme', 'theme_version', 'scale', 'level', 'level_version', 'access_grant'];
    focal_points_too CONSTANT text[] := ARRAY ['batch', 'response', 'status_record', 'withdrawal', 'batch_withdrawal'];
    item record;
BEGIN
    IF NOT pg_has_role(current_user, (SELECT nspowner FROM pg_namespace WHERE nspname = 'rectrack'), 'MEMBER') THEN
        RETURN;
    END IF;

    FOR item IN SELECT c.oid::regclass AS name
                FROM pg_class c
                WHERE c.relnamespace = 'rectrack'::regnamespace
                  AND c.relkind IN ('r', 'p')
                  AND c.relname <> 'known_as'
                  AND NOT EXISTS (SELECT FROM pg_trigger t WHERE (t.tgrelid, t.tgname) = (c.oid, 'never_changed')) LOOP
        EXECUTE format('CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON %s
                        FOR EACH STATEMENT EXECUTE FUNCTION rectrack.refuse_change()', item.name);
    END LOOP;
    FOR item IN SELECT a.attrelid::regclass AS name
                FROM pg_class c
                JOIN pg_attribute a ON (a.attrelid, a.attname) = (c.oid, 'batch_id')
                WHERE c.relnamespace = 'rectrack'::regnamespace
                  AND c.relkind IN ('r', 'p')
                  AND NOT EXISTS (SELECT FROM pg_trigger t WHERE (t.tgrelid, t.tgname) = (c.oid, 'own_batch')) LOOP
        EXECUTE format('CREATE TRIGGER own_batch AFTER INSERT ON %s FOR EACH ROW
                        WHEN (NEW.batch_id IS DISTINCT FROM rectrack.session_batch())
                        EXECUTE FUNCTION rectrack.refuse_row()', item.name);
    END LOOP;
    FOR item IN SELECT a.attrelid::regclass AS name
                FROM pg_class c
                JOIN pg_attribute a ON (a.attrelid, a.attname) = (c.oid, 'batch_id')
                WHERE c.relnamespace = 'rectrack'::regnamespace
                  AND c.relkind IN ('r', 'p')
                  AND c.relname NOT IN ('batch', 'response', 'status_record')
                  AND NOT EXISTS (SELECT FROM pg_trigger t WHERE (t.tgrelid, t.tgname) = (c.oid, 'sealed')) LOOP
        EXECUTE format('CREATE CONSTRAINT TRIGGER sealed AFTER INSERT ON %s DEFERRABLE INITIALLY DEFERRED
                        FOR EACH ROW EXECUTE FUNCTION rectrack.refuse_unsealed()', item.name);
    END LOOP;
    IF NOT EXISTS (SELECT FROM pg_trigger t WHERE (t.tgrelid, t.tgname) = ('rectrack.batch'::regclass, 'known_as')) THEN
        CREATE TRIGGER known_as AFTER INSERT ON rectrack.batch
            FOR EACH ROW
            WHEN (NEW.kind NOT IN ('record', 'status', 'amend', 'withdraw', 'access'))
            EXECUTE FUNCTION rectrack.know_batch();
    END IF;
    -- Always: also for a session that switched triggers off with session_replication_role.
    FOR item IN SELECT t.tgrelid::regclass AS name, t.tgname AS trigger
                FROM pg_trigger t
                JOIN pg_class c ON c.oid = t.tgrelid
                WHERE c.relnamespace = 'rectrack'::regnamespace
                  AND t.tgname IN ('never_changed', 'own_batch', 'own_run', 'sealed', 'once', 'may_be_undone',
                                   'known_as')
                  AND t.tgenabled <> 'A' LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER %I', item.name, item.trigger);
    END LOOP;

    -- Roles belong to the whole server: they may be there already, or not be ours to make (schema_missing_roles.sql).
    FOR item IN SELECT name
                FROM unnest(ARRAY ['rectrack_reader', 'rectrack_recorder', 'rectrack_focal_point', 'rectrack_admin']) name
                WHERE to_regrole(name) IS NULL LOOP
        BEGIN
            EXECUTE format('CREATE ROLE %I NOLOGIN', item.name);
        EXCEPTION WHEN insufficient_privilege OR duplicate_object OR unique_violation THEN
            NULL;
        END;
    END LOOP;
    FOR item IN SELECT *
                FROM (VALUES ('rectrack_reader', 'rectrack_recorder', ''),
                             ('rectrack_reader', 'rectrack_focal_point', ''),
                             ('rectrack_reader', 'rectrack_admin', ' WITH ADMIN OPTION'),
                             ('rectrack_recorder', 'rectrack_admin', ' WITH ADMIN OPTION'),
                             ('rectrack_focal_point', 'rectrack_admin', ' WITH ADMIN OPTION'))
                     v (role, member, admin)
                WHERE NOT pg_has_role(to_regrole(member), to_regrole(role), 'MEMBER' || admin) LOOP
        BEGIN
            EXECUTE format('GRANT %I TO %I%s', item.role, item.member, item.admin);
        EXCEPTION WHEN insufficient_privilege OR unique_violation THEN
            NULL;
        END;
    END LOOP;

    REVOKE ALL ON ALL FUNCTIONS IN SCHEMA rectrack FROM PUBLIC;
    IF to_regrole('rectrack_reader') IS NOT NULL THEN
        GRANT USAGE ON SCHEMA rectrack TO rectrack_reader;
        GRANT SELECT ON ALL TABLES IN SCHEMA rectrack TO rectrack_reader;
        GRANT SELECT ON SEQUENCE rectrack.batch_id TO rectrack_reader;
        GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA rectrack TO rectrack_reader;
        GRANT INSERT (job, directory, host, os_user, tool_version) ON rectrack.export_run TO rectrack_reader;
        GRANT INSERT (run_id, outcome, exit_code, message, set_name, known_position, files, row_count, byte_count, manifest_sha256)
            ON rectrack.export_run_end TO rectrack_reader;
    END IF;
    FOR item IN SELECT g.role, string_agg(c.oid::regclass::text, ', ') AS tables
                FROM pg_class c
                JOIN pg_attribute a ON (a.attrelid, a.attname) = (c.oid, 'batch_id')
                JOIN (VALUES ('rectrack_admin'), ('rectrack_recorder'), ('rectrack_focal_point')) g (role)
                     ON CASE g.role
                            WHEN 'rectrack_admin' THEN true
                            WHEN 'rectrack_recorder' THEN c.relname <> ALL (administrators_only)
                            ELSE c.relname = ANY (focal_points_too)
                        END
                WHERE c.relnamespace = 'rectrack'::regnamespace
                  AND c.relkind IN ('r', 'p')
                  AND to_regrole(g.role) IS NOT NULL
                GROUP BY g.role LOOP
        EXECUTE format('GRANT INSERT ON %s TO %I', item.tables, item.role);
        EXECUTE format('GRANT USAGE ON SEQUENCE rectrack.batch_id TO %I', item.role);
    END LOOP;

    PERFORM rectrack.know_again();  -- the migrations stand in known_as too
END
$$;
