-- Closes the cursor "records".
CLOSE records;
