-- Where a chunk of records waits that meets keys which are there already.
CREATE TEMPORARY TABLE status_incoming (LIKE rectrack.status_record) ON COMMIT DROP;
CREATE TEMPORARY TABLE response_incoming (
    response    integer PRIMARY KEY,
    received_on date,
    channel     text,
    source      text
) ON COMMIT DROP;
CREATE TEMPORARY TABLE status_new (
    line integer  PRIMARY KEY,
    rev  smallint NOT NULL
) ON COMMIT DROP;
-- The records of the file that were there already: the revision that says the same.
CREATE TEMPORARY TABLE status_answered (
    state_id smallint NOT NULL,
    rec_id   integer  NOT NULL,
    kind     smallint NOT NULL,
    as_of    date     NOT NULL,
    line     integer  NOT NULL,
    rev      smallint NOT NULL
) ON COMMIT DROP;
