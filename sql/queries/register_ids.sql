-- The numbers that identities have already, also those of undone batches.
SELECT 'state' AS what, iso3 AS code, state_id::integer AS id FROM rectrack.state
UNION ALL
SELECT 'instrument', code, instrument_id FROM rectrack.instrument
UNION ALL
SELECT 'theme', code, theme_id FROM rectrack.theme
UNION ALL
SELECT 'scale', code, scale_id FROM rectrack.scale
UNION ALL
SELECT 'level', s.code || '/' || l.code, l.level_id
FROM rectrack.level l
JOIN rectrack.scale s USING (scale_id);
