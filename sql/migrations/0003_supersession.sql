-- What became of a recommendation in a later version of its document (draft, then final).
--
-- From its batch on the old recommendation is in no population; the records that were given on it count for the one in
-- its place.  The newest row that counts says what became of it.

CREATE TABLE rectrack.supersession (
    rec_id       integer  NOT NULL REFERENCES rectrack.recommendation,
    batch_id     integer  NOT NULL,
    successor_id integer  REFERENCES rectrack.recommendation,  -- NULL: dropped, nothing came in its place
    similarity   smallint CHECK (similarity BETWEEN 0 AND 100),  -- of the two texts, in percent
    PRIMARY KEY (rec_id, batch_id),
    CHECK (successor_id <> rec_id),
    CHECK ((similarity IS NULL) = (successor_id IS NULL))
);

COMMENT ON TABLE rectrack.supersession IS 'recommendations that a later version of their document supersedes or drops';

-- The recommendations that are superseded at a ledger position.  A successor whose document was undone supersedes nothing.
CREATE FUNCTION rectrack.supersessions_at(known integer)
    RETURNS TABLE (rec_id integer, successor_id integer, similarity smallint, batch_id integer)
    LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT s.rec_id, s.successor_id, s.similarity, s.batch_id
    FROM (SELECT DISTINCT ON (s.rec_id) s.*
          FROM rectrack.supersession s
          JOIN rectrack.batches_at(known) b USING (batch_id)
          ORDER BY s.rec_id, b.position DESC) s
    WHERE s.successor_id IS NULL
       OR EXISTS (SELECT
                  FROM rectrack.recommendation r
                  JOIN rectrack.document d USING (document_id)
                  JOIN rectrack.batches_at(known) b ON b.batch_id = d.batch_id
                  WHERE r.rec_id = s.successor_id);
END;

-- For each superseded recommendation the one that stands in its place in the end, through any number of versions;
-- NULL where it was dropped on the way.
CREATE FUNCTION rectrack.successors_at(known integer) RETURNS TABLE (rec_id integer, current_id integer)
    LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    WITH RECURSIVE link AS MATERIALIZED (
        SELECT s.rec_id, s.successor_id
        FROM rectrack.supersessions_at(known) s
    ), chain AS (
        SELECT l.rec_id, l.successor_id
        FROM link l
        UNION
        SELECT c.rec_id, l.successor_id
        FROM chain c
        JOIN link l ON l.rec_id = c.successor_id
    )
    SELECT c.rec_id, c.successor_id
    FROM chain c
    WHERE NOT EXISTS (SELECT FROM link l WHERE l.rec_id = c.successor_id);
END;
