-- The ledger in SQLite. Times are milliseconds since 1970. Applied once, to an empty file.

-- One event's way along one route. READY can be claimed now. WAITING becomes READY when it is due:
-- a retry (no token), or a claim whose lease runs out (with its token). STORED and DEAD are done.
CREATE TABLE landing (
  id          INTEGER PRIMARY KEY,
  -- First 16 bytes of SHA-256 over event, NUL and route: a short key of fixed length keeps the
  -- unique index small. Event and route are compared besides.
  key         BLOB    NOT NULL,
  event       TEXT    NOT NULL,
  route       TEXT    NOT NULL,
  state       TEXT    NOT NULL CHECK (state IN ('READY', 'WAITING', 'STORED', 'DEAD')),
  recorded_at INTEGER NOT NULL,
  deadline    INTEGER,
  due         INTEGER,
  attempts    INTEGER NOT NULL,
  token       TEXT,
  reason      TEXT,
  message     TEXT,
  failed_at   INTEGER,
  -- Last, so that the other columns are read without it. Gone once stored: it may hold a link.
  body        BLOB
) STRICT;

CREATE UNIQUE INDEX landing_key ON landing (key);

-- Partial, so that landings that are done cost nothing when work is looked for.
CREATE INDEX landing_ready ON landing (deadline, recorded_at) WHERE state = 'READY';
CREATE INDEX landing_waiting ON landing (due) WHERE state = 'WAITING';
CREATE INDEX landing_dead ON landing (failed_at) WHERE state = 'DEAD';

-- What the sinks that have a landing's file answered.
CREATE TABLE receipt (
  landing  INTEGER NOT NULL,
  sink     TEXT    NOT NULL,
  location TEXT    NOT NULL,
  length   INTEGER NOT NULL,
  records  INTEGER,
  PRIMARY KEY (landing, sink)
) STRICT, WITHOUT ROWID;

-- Deliveries that are no events; the digest is SHA-256 of the body.
CREATE TABLE unreadable (
  id        INTEGER PRIMARY KEY,
  digest    BLOB    NOT NULL,
  reason    TEXT    NOT NULL,
  message   TEXT    NOT NULL,
  failed_at INTEGER NOT NULL,
  body      BLOB    NOT NULL
) STRICT;

CREATE UNIQUE INDEX unreadable_digest ON unreadable (digest);
CREATE INDEX unreadable_failed_at ON unreadable (failed_at);
