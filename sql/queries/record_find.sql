-- What a new status record needs to know: a row for everything that the State's name or code ($1, folded), the place or full
-- reference ($2) and the level's code ($3) stand for, and one for the schema (key ''); the level's with the number of a new batch.  The
-- caller takes them if they are one State, one recommendation and one level of its scale.
--
-- A one-row command pays for each table, function and operator that its connection meets for the first time, and for each join that the
-- planner weighs: hence one table (0006_known_as.sql), and comparisons instead of a list of keys.
SELECT k.key, k.kind, k.id, k.code, k.name, k.scale_id, k.instrument_id, k.since, k.until, k.superseded, k.level_kind,
       -- Once, however many rows there are, and not where the level is a slip of the pen.
       CASE WHEN k.kind = 'level' THEN (SELECT nextval('rectrack.batch_id')) END AS batch_id
FROM rectrack.known_as k
WHERE k.key = ''
   OR k.key = $1
   OR k.key = $2
   OR k.key = $3;
