-- Before recommendations are looked up that records are added to: until this transaction ends, nobody undoes them
-- (refuse_undo, 0008_past_the_program.sql). It is the lock that adding takes anyway.
LOCK TABLE rectrack.status_record IN ROW EXCLUSIVE MODE;
