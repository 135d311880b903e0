-- Puts a batch at the end of the ledger, whose lock is held, and gives its position. $1 batch_id, $2 kind, $3 summary, $4 notice,
-- $5 file name, $6 file SHA-256 (hexadecimal), $7 operating-system user, $8 tool version, $9 content, $10 the canonical form of $1 to
-- $6, $11 that of $7 to $9.
--
-- Position, moment (later than the newest batch's) and link are taken here, by one statement, so that other writers wait no longer
-- than for that and the commit. The canonical form of the batch is in core/ledger/batch.h.
INSERT INTO rectrack.batch (position, batch_id, kind, summary, notice, file_name, file_sha256, recorded_at, recorded_by,
                            os_user, tool_version, content, previous_sha256, batch_sha256)
SELECT h.position, $1, $2, $3, $4, $5, decode($6, 'hex'),
       timestamptz 'epoch' + h.recorded_at * interval '1 microsecond',
       session_user, $7, $8, $9, h.batch_sha256,
       sha256(convert_to(format('%s:%s,%s%s:%s,%s:%s,%s64:%s,',
                                length(h.position::text), h.position, $10::text,
                                length(h.recorded_at::text), h.recorded_at,
                                octet_length(session_user::text), session_user, $11::text,
                                encode(h.batch_sha256, 'hex')), 'UTF8'))
FROM (SELECT coalesce(b.position, 0) + 1 AS position,
             coalesce(b.batch_sha256, decode(repeat('00', 32), 'hex')) AS batch_sha256,
             greatest(floor(extract(epoch FROM clock_timestamp()) * 1000000)::bigint,
                      floor(extract(epoch FROM b.recorded_at) * 1000000)::bigint + 1) AS recorded_at
      FROM (SELECT) nothing
      LEFT JOIN LATERAL (SELECT b.position, b.batch_sha256, b.recorded_at
                         FROM rectrack.batch b
                         ORDER BY b.position DESC
                         LIMIT 1) b ON true) h
RETURNING position;
