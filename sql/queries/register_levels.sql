-- The levels of all scales as known at a ledger position ($1), each scale from the level that is furthest along.
SELECT l.level_id,
       l.scale_id,
       l.code,
       v.label,
       v.letter,
       v.rank,
       coalesce((v.weight * 100)::integer, -1) AS weight,
       v.closes,
       v.colour,
       v.kind
FROM rectrack.level l
JOIN (SELECT DISTINCT ON (v.level_id) v.*
      FROM rectrack.level_version v
      JOIN rectrack.batches_at($1) b USING (batch_id)
      ORDER BY v.level_id, b.position DESC) v USING (level_id)
ORDER BY l.scale_id, v.rank DESC, l.level_id;
