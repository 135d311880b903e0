-- Tables whose rows could be changed, added in another's name or outside the ledger, or taken back twice, because a trigger is
-- missing, switched off or another one; and the ledger, where what is derived from it would no longer follow.
SELECT DISTINCT c.relname AS "table"
FROM pg_class c
CROSS JOIN (VALUES ('never_changed', 'refuse_change', NULL),
                   ('own_batch', 'refuse_row', NULL),
                   ('sealed', 'refuse_unsealed', NULL),
                   ('once', 'refuse_second_withdrawal', ARRAY ['withdrawal']),
                   ('once', 'refuse_second_undo', ARRAY ['batch_withdrawal']),
                   ('may_be_undone', 'refuse_undo', ARRAY ['batch_withdrawal']),
                   ('own_run', 'refuse_run_end', ARRAY ['export_run_end']),
                   ('known_as', 'know_batch', ARRAY ['batch'])) g (trigger, function, tables)
WHERE c.relnamespace = 'rectrack'::regnamespace
  AND c.relkind IN ('r', 'p')
  AND (g.tables IS NULL OR c.relname = ANY (g.tables))
  AND (g.trigger NOT IN ('own_batch', 'sealed')
       OR EXISTS (SELECT FROM pg_attribute a WHERE (a.attrelid, a.attname) = (c.oid, 'batch_id')))
  AND (g.trigger <> 'sealed' OR c.relname NOT IN ('batch', 'response', 'status_record'))  -- schema_protect.sql
  AND (g.trigger <> 'never_changed' OR c.relname <> 'known_as')  -- derived
  AND NOT EXISTS (SELECT
                  FROM pg_trigger t
                  WHERE (t.tgrelid, t.tgname, t.tgenabled) = (c.oid, g.trigger, 'A')
                    AND t.tgfoid = to_regproc('rectrack.' || g.function))
ORDER BY c.relname;
