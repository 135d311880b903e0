-- The States as known at a ledger position ($1), named in a language ($2), with their place in the order of names.
SELECT s.state_id,
       s.iso3,
       coalesce(v.iso2, '') AS iso2,
       coalesce(v.m49, '') AS m49,
       v.un_member,
       v.ldc,
       v.lldc,
       v.sids,
       coalesce(n.name, v.name) AS name,
       coalesce(v.name_formal, '') AS name_formal,
       coalesce(v.regional_group, '') AS regional_group,
       coalesce(v.m49_region, '') AS m49_region,
       coalesce(v.m49_subregion, '') AS m49_subregion,
       row_number() OVER (ORDER BY coalesce(n.name, v.name) COLLATE "und-x-icu", s.iso3) - 1 AS place_by_name
FROM rectrack.state s
JOIN (SELECT DISTINCT ON (v.state_id) v.*
      FROM rectrack.state_version v
      JOIN rectrack.batches_at($1) b USING (batch_id)
      ORDER BY v.state_id, b.position DESC) v USING (state_id)
LEFT JOIN (SELECT DISTINCT ON (n.state_id) n.state_id, n.name
           FROM rectrack.state_name n
           JOIN rectrack.batches_at($1) b USING (batch_id)
           WHERE n.kind = 'short' AND n.language = $2
           ORDER BY n.state_id, b.position DESC) n USING (state_id)
ORDER BY s.state_id;
