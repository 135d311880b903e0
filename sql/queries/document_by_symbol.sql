-- The document of a symbol ($1) that counts, and the batch that brought it.
SELECT d.document_id, encode(d.file_sha256, 'hex') AS file_sha256, d.batch_id, d.instrument_id
FROM rectrack.document d
JOIN rectrack.batches_at(2147483647) b USING (batch_id)
WHERE d.symbol = $1;
