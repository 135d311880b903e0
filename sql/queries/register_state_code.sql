-- The alpha-3 code of a State by its number ($1).
SELECT iso3
FROM rectrack.state
WHERE state_id = $1;
