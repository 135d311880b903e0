-- The batch of a kind ($1) that brought in a file by its SHA-256 ($2, hexadecimal) and counts still.  What a batch says of its file can't
-- be checked, so only those are believed that this user wrote, or somebody who may record for every State: a focal point can't make a
-- file of others look as if it were there.
SELECT b.position
FROM rectrack.batch b
JOIN rectrack.batches_at(2147483647) USING (batch_id)
WHERE b.file_sha256 = decode($2, 'hex')
  AND b.kind = $1
  AND (b.recorded_by = session_user::text
       OR EXISTS (SELECT
                  FROM pg_roles u
                  WHERE u.rolname = b.recorded_by
                    AND pg_has_role(u.oid, to_regrole('rectrack_recorder'), 'MEMBER')))
ORDER BY b.position
LIMIT 1;
