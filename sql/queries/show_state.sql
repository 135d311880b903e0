-- One State ($1, alpha-3).
SELECT v.name AS state, s.iso3, v.iso2, v.m49, v.name_formal AS formal_name, v.regional_group, v.m49_region AS region,
       v.m49_subregion AS subregion,
       concat_ws(', ', CASE WHEN v.ldc THEN 'least developed' END, CASE WHEN v.lldc THEN 'landlocked developing' END,
                 CASE WHEN v.sids THEN 'small island developing' END) AS groups,
       (SELECT string_agg(i.code || coalesce(' (deposit ' || p.deposited_on || ')', ' (date unknown)'), ', ' ORDER BY i.code)
        FROM (SELECT DISTINCT ON (p.instrument_id) p.*
              FROM rectrack.party p
              JOIN rectrack.batches_at(2147483647) b USING (batch_id)
              WHERE p.state_id = s.state_id
              ORDER BY p.instrument_id, b.position DESC) p
        JOIN rectrack.instrument i USING (instrument_id)) AS party_to
FROM rectrack.state s
JOIN rectrack.state_version v USING (state_id)
JOIN rectrack.batches_at(2147483647) b ON b.batch_id = v.batch_id
WHERE s.iso3 = $1
ORDER BY b.position DESC
LIMIT 1;
