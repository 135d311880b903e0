-- Whether anything was ever recorded of one State ($1), recommendation ($2), kind ($3) and day ($4).
SELECT EXISTS (SELECT FROM rectrack.status_record WHERE (state_id, rec_id, kind, as_of) = ($1, $2, $3, $4));
