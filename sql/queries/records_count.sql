-- How many records the cursor "records" has; leaves it at its end.
MOVE FORWARD ALL IN records;
