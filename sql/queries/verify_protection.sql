-- Tables whose rows could be changed, or added in another's name, because a trigger is missing, switched off or another one.
SELECT c.relname AS "table"
FROM pg_class c
WHERE c.relnamespace = 'rectrack'::regnamespace
  AND c.relkind IN ('r', 'p')
  AND (NOT EXISTS (SELECT
                   FROM pg_trigger t
                   WHERE (t.tgrelid, t.tgname, t.tgenabled) = (c.oid, 'never_changed', 'A')
                     AND t.tgfoid = to_regproc('rectrack.refuse_change'))
       OR EXISTS (SELECT FROM pg_attribute a WHERE (a.attrelid, a.attname) = (c.oid, 'batch_id'))
          AND NOT EXISTS (SELECT
                          FROM pg_trigger t
                          WHERE (t.tgrelid, t.tgname, t.tgenabled) = (c.oid, 'own_batch', 'A')
                            AND t.tgfoid = to_regproc('rectrack.refuse_row')))
ORDER BY c.relname;
