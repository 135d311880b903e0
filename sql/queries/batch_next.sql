-- A number for a batch that begins.
SELECT nextval('rectrack.batch_id');
