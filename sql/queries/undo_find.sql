-- The batch to undo ($1; NULL: the newest that can be undone), and whether it is undone already; who recorded it, when and how much.
-- Whether records rest on it is looked at when it is undone (refuse_undo, 0008_past_the_program.sql).
SELECT b.batch_id,
       b.kind,
       b.summary,
       b.batch_id IN (SELECT withdrawn_batch_id FROM rectrack.batch_withdrawal) AS undone,
       date_trunc('second', b.recorded_at) AS recorded_at,
       b.recorded_by || CASE WHEN b.os_user <> b.recorded_by THEN ' (' || b.os_user || ')' ELSE '' END AS recorded_by,
       -- "content" has a line "table rows digest" a table.  Where there are status records, they are what people count.
       (SELECT coalesce(sum(split_part(c.line, ' ', 2)::bigint) FILTER (WHERE c.line LIKE 'status\_record %'),
                        sum(split_part(c.line, ' ', 2)::bigint), 0)
        FROM string_to_table(rtrim(b.content, E'\n'), E'\n') c (line)
        WHERE c.line <> '') AS rows
FROM rectrack.batch b
WHERE CASE
          WHEN $1::integer IS NOT NULL THEN b.batch_id = $1
          ELSE b.kind NOT IN ('register', 'undo', 'access')
               AND b.batch_id NOT IN (SELECT withdrawn_batch_id FROM rectrack.batch_withdrawal)
      END
ORDER BY b.position DESC
LIMIT 1;
