-- The recommendations that are superseded at a ledger position ($1), each with the one for which its records count: the one in its
-- place in a later version of the document, or 0 where it was dropped.
SELECT c.rec_id, coalesce(c.current_id, 0) AS current_id
FROM rectrack.successors_at($1) c;
