-- The names of States as they stand, in the columns of state_names.csv: the newest short and formal name of each
-- language, and every alias and former name; with a batch ($1) only what that one wrote.
SELECT s.iso3, n.language, n.kind, n.name
FROM (SELECT DISTINCT ON (n.state_id, n.language, n.kind,
                          CASE WHEN n.kind IN ('alias', 'former') THEN n.name END) n.*
      FROM rectrack.state_name n
      JOIN rectrack.batches_at(2147483647) b USING (batch_id)
      WHERE n.language <> ''
        AND ($1::integer IS NULL OR n.batch_id = $1)
      ORDER BY n.state_id, n.language, n.kind, CASE WHEN n.kind IN ('alias', 'former') THEN n.name END,
               b.position DESC) n
JOIN rectrack.state s USING (state_id)
ORDER BY s.iso3, n.language, n.kind, n.name;
