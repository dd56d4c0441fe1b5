-- Moves a ledger of version 1 into the tables of version 3. The temporary table digest has been
-- filled with the digests of all routes and sinks, which SQLite cannot compute.

INSERT INTO landfall_route (digest, name)
SELECT digest, name FROM digest WHERE name IN (SELECT route FROM landing);

-- What was claimed is nobody's any more. When an event happened, and when one was stored, was not
-- kept; it was not after it was recorded, or soon after.
INSERT INTO landfall_landing (
  id, digest, event, route, state, turn, recorded_at, opened_at, deadline, due, ended_at, attempts,
  event_time, control_number, receipts, failures, reason, failed_at, body)
SELECT
  id,
  key,
  event,
  (SELECT id FROM landfall_route WHERE name = landing.route),
  CASE state WHEN 'STORED' THEN 1 WHEN 'DEAD' THEN 2 ELSE 0 END,
  CASE WHEN state = 'READY' OR state = 'WAITING' AND token IS NOT NULL THEN 1
    WHEN state = 'WAITING' THEN 2 ELSE 0 END,
  recorded_at,
  recorded_at,
  coalesce(deadline, 9223372036854775807),
  CASE WHEN state = 'WAITING' AND token IS NULL THEN due END,
  CASE state WHEN 'STORED' THEN recorded_at WHEN 'DEAD' THEN failed_at END,
  attempts,
  recorded_at,
  -9223372036854775808,
  (SELECT count(*) FROM receipt WHERE landing = landing.id),
  reason IS NOT NULL,
  reason,
  failed_at,
  coalesce(body, x'')
FROM landing ORDER BY id;

INSERT INTO landfall_attempt (landing, failure, attempt_number, reason, message, failed_at)
SELECT id, 1, attempts - (token IS NOT NULL), reason, message, failed_at
FROM landing WHERE reason IS NOT NULL ORDER BY id;

INSERT INTO landfall_receipt (landing, sink_hash, sink, location, byte_count, record_count)
SELECT landing, (SELECT hash FROM digest WHERE name = sink), sink, location, length, records
FROM receipt ORDER BY landing;

INSERT INTO landfall_unreadable (id, digest, reason, message, failed_at, body)
SELECT id, digest, reason, message, failed_at, body FROM unreadable ORDER BY id;

-- In their order, so that each page is written once.
INSERT INTO landfall_key (digest, landing)
SELECT digest, id FROM landfall_landing ORDER BY digest;

UPDATE landfall_keyed SET landing = (SELECT coalesce(max(id), 0) FROM landfall_landing);

DROP TABLE landing;
DROP TABLE receipt;
DROP TABLE unreadable;
DROP TABLE digest;
