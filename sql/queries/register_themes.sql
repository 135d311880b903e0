-- The themes as known at a ledger position ($1).
SELECT t.theme_id,
       t.code,
       v.label
FROM rectrack.theme t
JOIN (SELECT DISTINCT ON (v.theme_id) v.*
      FROM rectrack.theme_version v
      JOIN rectrack.batches_at($1) b USING (batch_id)
      ORDER BY v.theme_id, b.position DESC) v USING (theme_id)
ORDER BY t.theme_id;
