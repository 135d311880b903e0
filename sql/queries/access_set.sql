-- Gives ($3 true) or takes away a role ($1, as people write it) to or from a user ($2).
SELECT rectrack.set_membership($1, $2, $3);
