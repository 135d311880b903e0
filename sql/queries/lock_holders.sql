-- The sessions that keep others from writing: who holds the ledger's lock (batch_lock.sql), and for whom somebody has waited for more
-- than two seconds. Process, user, and what its program calls itself; others' statements and times are for administrators to see.
SELECT DISTINCT a.pid, a.usename AS "user", a.application_name AS program
FROM (SELECT l.pid
      FROM pg_locks l
      WHERE (l.locktype, l.classid::bigint, l.objid::bigint, l.objsubid) = ('advisory', 7233204, 1, 2)
        AND l.granted
        AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
      UNION
      SELECT unnest(pg_blocking_pids(w.pid))
      FROM pg_locks w
      WHERE NOT w.granted
        AND w.waitstart < clock_timestamp() - interval '2 seconds') h
JOIN pg_stat_activity a USING (pid)
WHERE a.pid <> pg_backend_pid()
  AND a.datname = current_database()
ORDER BY a.pid;
