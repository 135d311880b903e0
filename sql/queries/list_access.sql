-- Who has which role, as the server has it; of which State; and the batch that gave it (none where it was given past rectrack).
SELECT m.rolname AS "user",
       replace(substr(r.rolname, length('rectrack_') + 1), '_', '-') AS role,
       s.iso3 AS state,
       b.recorded_by AS granted_by,
       to_char(b.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS granted_at,
       b.batch_id AS batch
FROM pg_auth_members a
JOIN pg_roles r ON r.oid = a.roleid
JOIN pg_roles m ON m.oid = a.member
LEFT JOIN LATERAL (SELECT g.state_id, g.granted, b.recorded_by, b.recorded_at, b.batch_id
                   FROM rectrack.access_grant g
                   JOIN rectrack.batch b USING (batch_id)
                   WHERE g.user_name = m.rolname
                     AND 'rectrack_' || replace(g.role, '-', '_') = r.rolname
                   ORDER BY b.position DESC
                   LIMIT 1) b ON b.granted
LEFT JOIN rectrack.state s USING (state_id)
WHERE r.rolname IN ('rectrack_reader', 'rectrack_recorder', 'rectrack_focal_point', 'rectrack_admin')
  AND m.rolname NOT IN ('rectrack_reader', 'rectrack_recorder', 'rectrack_focal_point', 'rectrack_admin')
ORDER BY m.rolname, r.rolname;
