-- The documents that count: number, symbol, instrument.
SELECT d.document_id, d.symbol, coalesce(d.instrument_id, 0) AS instrument_id
FROM rectrack.document d
JOIN rectrack.batches_at(2147483647) b USING (batch_id);
