-- What the register holds.
SELECT (SELECT count(*) FROM rectrack.state) AS states,
       (SELECT count(*) FROM rectrack.instrument) AS instruments,
       (SELECT count(DISTINCT (instrument_id, state_id)) FROM rectrack.party) AS parties,
       (SELECT count(*) FROM rectrack.level) AS levels;
