-- The recommendations that are superseded now, and by which directly (0: dropped).
SELECT s.rec_id, coalesce(s.successor_id, 0) AS successor_id
FROM rectrack.supersessions_at(2147483647) s;
