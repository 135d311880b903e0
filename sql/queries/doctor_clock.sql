-- The server's clock now, in microseconds since 2000-01-01.
SELECT rectrack.microseconds(clock_timestamp()) - rectrack.microseconds('2000-01-01 00:00:00+00') AS now;
