-- The States as they stand, in the columns of states.csv; with a batch ($1) only what that one wrote.
SELECT s.iso3, v.iso2, v.m49, v.name, v.name_formal, v.un_member::text, v.regional_group, v.m49_region, v.m49_subregion,
       v.ldc::text, v.lldc::text, v.sids::text
FROM rectrack.state s
JOIN (SELECT DISTINCT ON (v.state_id) v.*
      FROM rectrack.state_version v
      JOIN rectrack.batches_at(2147483647) b USING (batch_id)
      WHERE $1::integer IS NULL OR v.batch_id = $1
      ORDER BY v.state_id, b.position DESC) v USING (state_id)
ORDER BY s.iso3;
