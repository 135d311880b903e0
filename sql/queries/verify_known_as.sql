-- How many rows of known_as say something else than the register and the documents, or are missing from it.
SELECT count(*) AS rows
FROM ((TABLE rectrack.known_as EXCEPT TABLE rectrack.known_as_now)
      UNION ALL
      (TABLE rectrack.known_as_now EXCEPT TABLE rectrack.known_as)) d;
