-- The ledger in SQLite, version 3. Times are milliseconds since 1970. The version is kept in the
-- header of the file, and "LAND" in ASCII, which tells our files from others.

-- The names of routes, so that a landing needs a small number only.
CREATE TABLE landfall_route (
  id     INTEGER PRIMARY KEY,
  -- First 16 bytes of SHA-256 of the name.
  digest BLOB    NOT NULL,
  name   TEXT    NOT NULL
) STRICT;

CREATE UNIQUE INDEX landfall_route_digest ON landfall_route (digest);

-- The names of lines, in which the landings of a route go one at a time. Whoever changes whose turn
-- it is in a line locks its row first.
CREATE TABLE landfall_line (
  id     INTEGER PRIMARY KEY,
  -- First 16 bytes of SHA-256 over name and route.
  digest BLOB    NOT NULL,
  name   TEXT    NOT NULL
) STRICT;

CREATE UNIQUE INDEX landfall_line_digest ON landfall_line (digest);

-- One event's way along one route.
CREATE TABLE landfall_landing (
  id             INTEGER PRIMARY KEY,
  -- First 16 bytes of SHA-256 over event, NUL and route: a short key of fixed length keeps
  -- landfall_key small. The event is compared besides.
  digest         BLOB    NOT NULL,
  event          TEXT    NOT NULL,
  route          INTEGER NOT NULL,
  -- 0 pending, 1 stored, 2 dead, 3 discarded.
  state          INTEGER NOT NULL,
  -- Of a pending one: 1 can be claimed, 2 waits until it is due, as a retry, or with a token as a
  -- claim whose lease runs out, 3 stands behind another in its line, 4 does so although its claim
  -- may still be renewed. 0 of all others.
  turn           INTEGER NOT NULL,
  recorded_at    INTEGER NOT NULL,
  opened_at      INTEGER NOT NULL,
  -- The largest number for none, so that what has none comes last.
  deadline       INTEGER NOT NULL,
  due            INTEGER,
  ended_at       INTEGER,
  attempts       INTEGER NOT NULL,
  -- Chosen at random for each claim.
  token          INTEGER,
  line           INTEGER,
  event_type     TEXT,
  entity         TEXT,
  legal_entity   TEXT,
  event_time     INTEGER NOT NULL,
  -- First 8 bytes of SHA-256 over route, type, entity and company. Null without a number.
  stream         INTEGER,
  -- The smallest number for none, so that what has none comes first.
  control_number INTEGER NOT NULL,
  -- How many receipts it has, and how many attempts at it have failed in all.
  receipts       INTEGER NOT NULL,
  failures       INTEGER NOT NULL,
  -- Of the last failure, unless it was stored since.
  reason         TEXT,
  failed_at      INTEGER,
  remark         TEXT,
  -- Last, so that the other columns are read without it.
  body           BLOB    NOT NULL
) STRICT;

CREATE INDEX landfall_landing_found ON landfall_landing (state, route, recorded_at);

-- Partial, so that a landing costs nothing where it is not looked for.
CREATE INDEX landfall_landing_ready ON landfall_landing (route, deadline, opened_at)
  WHERE turn = 1;
CREATE INDEX landfall_landing_waiting ON landfall_landing (due) WHERE turn = 2;
CREATE INDEX landfall_landing_line
  ON landfall_landing (line, turn, event_time, control_number) WHERE line IS NOT NULL;
CREATE INDEX landfall_landing_stream ON landfall_landing (stream, control_number)
  WHERE stream IS NOT NULL;
CREATE INDEX landfall_landing_dead ON landfall_landing (state, failed_at) WHERE state = 2;
CREATE INDEX landfall_landing_ended ON landfall_landing (state, ended_at)
  WHERE ended_at IS NOT NULL;

-- Landings by their keys, but for the newest, whose keys are in their rows only: keys move here later,
-- many at once in their order.
CREATE TABLE landfall_key (
  digest  BLOB    NOT NULL PRIMARY KEY,
  landing INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Has one row: of all landings up to this one the keys are in landfall_key.
CREATE TABLE landfall_keyed (
  landing INTEGER NOT NULL
) STRICT;

INSERT INTO landfall_keyed VALUES (0);

-- What the sinks that have a landing's file answered.
CREATE TABLE landfall_receipt (
  landing      INTEGER NOT NULL,
  -- First 8 bytes of SHA-256 of the sink's name.
  sink_hash    INTEGER NOT NULL,
  sink         TEXT    NOT NULL,
  location     TEXT    NOT NULL,
  byte_count   INTEGER NOT NULL,
  record_count INTEGER,
  PRIMARY KEY (landing, sink_hash)
) STRICT, WITHOUT ROWID;

-- Failed attempts, the latest 32 of each landing.
CREATE TABLE landfall_attempt (
  landing        INTEGER NOT NULL,
  -- Which failure of this landing, from 1.
  failure        INTEGER NOT NULL,
  -- Which attempt since it was opened, from 1.
  attempt_number INTEGER NOT NULL,
  reason         TEXT    NOT NULL,
  message        TEXT    NOT NULL,
  failed_at      INTEGER NOT NULL,
  PRIMARY KEY (landing, failure)
) STRICT, WITHOUT ROWID;

-- Deliveries that are no events. The digest is SHA-256 of the body.
CREATE TABLE landfall_unreadable (
  id        INTEGER PRIMARY KEY,
  digest    BLOB    NOT NULL,
  reason    TEXT    NOT NULL,
  message   TEXT    NOT NULL,
  failed_at INTEGER NOT NULL,
  body      BLOB    NOT NULL
) STRICT;

CREATE UNIQUE INDEX landfall_unreadable_digest ON landfall_unreadable (digest);
CREATE INDEX landfall_unreadable_failed_at ON landfall_unreadable (failed_at);

PRAGMA application_id = 1279348292;
PRAGMA user_version = 3;
