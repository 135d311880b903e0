-- The names of States in the columns of a names file: the newest short and formal name of each language, and every alias
-- and former name; $1 of one State by its code.
SELECT s.iso3, n.language AS lang, n.kind, n.name
FROM (SELECT DISTINCT ON (n.state_id, n.language, n.kind,
                          CASE WHEN n.kind IN ('alias', 'former') THEN n.name END) n.*
      FROM rectrack.state_name n
      JOIN rectrack.batches_at(2147483647) b USING (batch_id)
      WHERE n.language <> ''
      ORDER BY n.state_id, n.language, n.kind, CASE WHEN n.kind IN ('alias', 'former') THEN n.name END,
               b.position DESC) n
JOIN rectrack.state s USING (state_id)
WHERE $1::text IS NULL
   OR s.iso3 = $1
ORDER BY s.iso3 COLLATE "C", n.language COLLATE "C", n.kind COLLATE "C", n.name COLLATE "C";
