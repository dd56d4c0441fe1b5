-- The ledger in MariaDB and MySQL, version 2. Times are milliseconds since 1970.

CREATE TABLE IF NOT EXISTS landfall_schema (
  version INTEGER NOT NULL PRIMARY KEY
) ENGINE = InnoDB;

-- The names of routes, so that a landing needs a small number only.
CREATE TABLE IF NOT EXISTS landfall_route (
  id     BIGINT     NOT NULL AUTO_INCREMENT PRIMARY KEY,
  -- First 16 bytes of SHA-256 of the name.
  digest BINARY(16) NOT NULL,
  name   LONGTEXT   NOT NULL,
  UNIQUE INDEX landfall_route_digest (digest)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The names of lines, in which the landings of a route go one at a time. Whoever changes whose turn
-- it is in a line locks its row first.
CREATE TABLE IF NOT EXISTS landfall_line (
  id     BIGINT     NOT NULL AUTO_INCREMENT PRIMARY KEY,
  -- First 16 bytes of SHA-256 over name and route.
  digest BINARY(16) NOT NULL,
  name   LONGTEXT   NOT NULL,
  UNIQUE INDEX landfall_line_digest (digest)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- One event's way along one route.
CREATE TABLE IF NOT EXISTS landfall_landing (
  id             BIGINT     NOT NULL AUTO_INCREMENT PRIMARY KEY,
  -- First 16 bytes of SHA-256 over event, NUL and route: a short key of fixed length keeps the
  -- unique index small. The event is compared besides.
  digest         BINARY(16) NOT NULL,
  event          TEXT       NOT NULL,
  route          BIGINT     NOT NULL,
  -- 0 pending, 1 stored, 2 dead, 3 discarded.
  state          SMALLINT   NOT NULL,
  -- Of a pending one: 1 can be claimed, 2 waits until it is due, as a retry, or with a token as a
  -- claim whose lease runs out, 3 stands behind another in its line, 4 does so although its claim
  -- may still be renewed. 0 of all others.
  turn           SMALLINT   NOT NULL,
  recorded_at    BIGINT     NOT NULL,
  opened_at      BIGINT     NOT NULL,
  -- The largest number for none, so that what has none comes last.
  deadline       BIGINT     NOT NULL,
  due            BIGINT,
  ended_at       BIGINT,
  attempts       INTEGER    NOT NULL,
  -- Chosen at random for each claim.
  token          BIGINT,
  line           BIGINT,
  event_type     TEXT,
  entity         TEXT,
  legal_entity   TEXT,
  event_time     BIGINT     NOT NULL,
  -- First 8 bytes of SHA-256 over route, type, entity and company. Null without a number.
  stream         BIGINT,
  -- The smallest number for none, so that what has none comes first.
  control_number BIGINT     NOT NULL,
  -- How many receipts it has, and how many attempts at it have failed in all.
  receipts       INTEGER    NOT NULL,
  failures       INTEGER    NOT NULL,
  -- Of the last failure, unless it was stored since.
  reason         TEXT,
  failed_at      BIGINT,
  remark         LONGTEXT,
  -- Last, so that the other columns are read without it.
  body           LONGBLOB   NOT NULL,
  UNIQUE INDEX landfall_landing_digest (digest),
  INDEX landfall_landing_found (state, route, recorded_at),
  INDEX landfall_landing_ready (turn, route, deadline, opened_at),
  INDEX landfall_landing_waiting (turn, due),
  INDEX landfall_landing_line (line, turn, event_time, control_number),
  INDEX landfall_landing_stream (stream, control_number),
  INDEX landfall_landing_dead (state, failed_at),
  INDEX landfall_landing_ended (state, ended_at)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What the sinks that have a landing's file answered.
CREATE TABLE IF NOT EXISTS landfall_receipt (
  landing      BIGINT   NOT NULL,
  -- First 8 bytes of SHA-256 of the sink's name.
  sink_hash    BIGINT   NOT NULL,
  sink         LONGTEXT NOT NULL,
  location     LONGTEXT NOT NULL,
  byte_count   BIGINT   NOT NULL,
  record_count BIGINT,
  PRIMARY KEY (landing, sink_hash)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Failed attempts, the latest 32 of each landing.
CREATE TABLE IF NOT EXISTS landfall_attempt (
  landing        BIGINT   NOT NULL,
  -- Which failure of this landing, from 1.
  failure        INTEGER  NOT NULL,
  -- Which attempt since it was opened, from 1.
  attempt_number INTEGER  NOT NULL,
  reason         TEXT     NOT NULL,
  message        LONGTEXT NOT NULL,
  failed_at      BIGINT   NOT NULL,
  PRIMARY KEY (landing, failure)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Deliveries that are no events. The digest is SHA-256 of the body.
CREATE TABLE IF NOT EXISTS landfall_unreadable (
  id        BIGINT     NOT NULL AUTO_INCREMENT PRIMARY KEY,
  digest    BINARY(32) NOT NULL,
  reason    TEXT       NOT NULL,
  message   LONGTEXT   NOT NULL,
  failed_at BIGINT     NOT NULL,
  body      LONGBLOB   NOT NULL,
  UNIQUE INDEX landfall_unreadable_digest (digest),
  INDEX landfall_unreadable_failed_at (failed_at)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Last, so that tables which are not complete are not taken for a ledger.
INSERT INTO landfall_schema (version) VALUES (2);
