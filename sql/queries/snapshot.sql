-- What a set of tables is made from: the moment of the snapshot (microseconds since 2000-01-01) and the schema's version.
SELECT rectrack.microseconds(transaction_timestamp()) - rectrack.microseconds('2000-01-01 00:00:00+00') AS at,
       (SELECT max(version) FROM rectrack.migration) AS schema_version;
