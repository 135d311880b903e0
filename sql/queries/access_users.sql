-- The users of the server, and which of the four roles each has directly ($1: one role, rectrack_…), of which State now.
SELECT u.rolname AS name,
       EXISTS (SELECT FROM pg_auth_members a WHERE (a.member, a.roleid) = (u.oid, to_regrole($1))) AS has_role,
       pg_has_role(u.oid, to_regrole($1), 'MEMBER') AS is_member,
       (SELECT s.iso3
        FROM rectrack.access_grant g
        JOIN rectrack.batch b USING (batch_id)
        LEFT JOIN rectrack.state s USING (state_id)
        WHERE (g.user_name, g.role) = (u.rolname, 'focal-point')
        ORDER BY b.position DESC
        LIMIT 1) AS state
FROM pg_roles u
WHERE u.rolname NOT LIKE 'pg\_%'
  AND u.rolname NOT IN ('rectrack_reader', 'rectrack_recorder', 'rectrack_focal_point', 'rectrack_admin')
ORDER BY u.rolname;
