-- The newest record of one State ($1), recommendation ($2), kind ($3) and day ($4): its number, what it says, whether it was
-- taken back or never stood in the ledger, and the number of its revision.
SELECT n.batch_id || '.' || n.line AS id,
       n.level,
       n.note,
       n.evidence,
       n.language,
       a.received_on,
       a.channel,
       a.source,
       n.batch_id IN (SELECT withdrawn_batch_id FROM rectrack.batch_withdrawal)
       OR NOT EXISTS (SELECT FROM rectrack.batch b WHERE b.batch_id = n.batch_id)
       OR EXISTS (SELECT
                  FROM rectrack.withdrawal w
                  WHERE (w.state_id, w.rec_id, w.kind, w.as_of, w.rev) = (n.state_id, n.rec_id, n.kind, n.as_of, n.rev)
                    AND w.batch_id NOT IN (SELECT withdrawn_batch_id FROM rectrack.batch_withdrawal)) AS withdrawn,
       n.rev
FROM rectrack.status_record n
JOIN rectrack.response a ON (a.batch_id, a.response) = (n.batch_id, n.response)
WHERE (n.state_id, n.rec_id, n.kind, n.as_of) = ($1, $2, $3, $4)
ORDER BY n.rev DESC
LIMIT 1;
