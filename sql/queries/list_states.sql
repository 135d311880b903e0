-- The States in the columns of a States file; $1 one of them by its code, $2 only Parties to an instrument.
SELECT s.iso3, v.iso2, v.m49, v.name, v.name_formal, v.un_member::text, v.regional_group, v.m49_region, v.m49_subregion,
       v.ldc::text, v.lldc::text, v.sids::text
FROM rectrack.state s
JOIN (SELECT DISTINCT ON (v.state_id) v.*
      FROM rectrack.state_version v
      JOIN rectrack.batches_at(2147483647) b USING (batch_id)
      ORDER BY v.state_id, b.position DESC) v USING (state_id)
WHERE ($1::text IS NULL OR s.iso3 = $1)
  AND ($2::text IS NULL OR EXISTS (SELECT
                                   FROM rectrack.party p
                                   JOIN rectrack.batches_at(2147483647) b USING (batch_id)
                                   JOIN rectrack.instrument i USING (instrument_id)
                                   WHERE p.state_id = s.state_id
                                     AND i.code = $2))
ORDER BY s.iso3 COLLATE "C";
