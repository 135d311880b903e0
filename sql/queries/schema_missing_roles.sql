-- What whoever administers the server must do because `init` may not: statements in order, none when all is there.
SELECT format('CREATE ROLE %I NOLOGIN;', name) AS statement
FROM unnest(ARRAY ['rectrack_reader', 'rectrack_recorder', 'rectrack_focal_point', 'rectrack_admin']) name
WHERE to_regrole(name) IS NULL
UNION ALL
SELECT format('GRANT %I TO %I%s;', role, member, admin)
FROM (VALUES ('rectrack_reader', 'rectrack_recorder', ''),
             ('rectrack_reader', 'rectrack_focal_point', ''),
             ('rectrack_reader', 'rectrack_admin', ' WITH ADMIN OPTION'),
             ('rectrack_recorder', 'rectrack_admin', ' WITH ADMIN OPTION'),
             ('rectrack_focal_point', 'rectrack_admin', ' WITH ADMIN OPTION')) v (role, member, admin)
WHERE pg_has_role(to_regrole(member), to_regrole(role), 'MEMBER' || admin) IS NOT TRUE;
