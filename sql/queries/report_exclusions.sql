-- Which batches count for a table at a ledger position ($1): first a row without a batch, which says whether the others are those that
-- count, or those to leave out of all that were begun - later ones, undone ones, those that were never sealed -, and whether some record
-- was withdrawn by then.  Those to leave out are mostly few; but a user can take any number of numbers.
WITH counting AS MATERIALIZED (
    SELECT c.batch_id
    FROM rectrack.batches_at($1) c
),
begun AS MATERIALIZED (
    SELECT s.last_value AS last, s.last_value > 2 * (SELECT count(*) FROM counting) + 10000 AS too_many
    FROM rectrack.batch_id s
)
SELECT NULL AS batch_id,
       b.too_many AS counting,
       EXISTS (SELECT
               FROM rectrack.withdrawal w
               JOIN counting c USING (batch_id)) AS withdrawals
FROM begun b
UNION ALL
SELECT g.batch_id, NULL, NULL
FROM begun b
CROSS JOIN generate_series(1, CASE WHEN b.too_many THEN 0 ELSE b.last END) g (batch_id)
WHERE g.batch_id NOT IN (SELECT c.batch_id FROM counting c)
UNION ALL
SELECT c.batch_id, NULL, NULL
FROM begun b
JOIN counting c ON b.too_many
ORDER BY batch_id NULLS FIRST;
