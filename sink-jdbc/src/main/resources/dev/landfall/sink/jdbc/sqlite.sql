-- load: what was loaded, one row for each file and table
CREATE TABLE IF NOT EXISTS ${table} (
  event_id     TEXT NOT NULL,
  table_name   TEXT NOT NULL,
  file_name    TEXT NOT NULL,
  route        TEXT NOT NULL,
  legal_entity TEXT NOT NULL,
  file_length  INTEGER NOT NULL,
  sha256       TEXT NOT NULL,
  exported_at  TEXT NOT NULL,
  loaded_at    TEXT NOT NULL,
  way          TEXT NOT NULL,
  outcome      TEXT NOT NULL,
  row_count    INTEGER NOT NULL,
  bad_count    INTEGER NOT NULL,
  PRIMARY KEY (event_id, table_name, file_name)
)

-- push: the newest full push of each table and legal entity
CREATE TABLE IF NOT EXISTS ${table} (
  table_name   TEXT NOT NULL,
  legal_entity TEXT NOT NULL,
  exported_at  TEXT,
  PRIMARY KEY (table_name, legal_entity)
)

-- bad: records that could not be stored, in the order of their files
CREATE TABLE IF NOT EXISTS ${table} (
  event_id     TEXT NOT NULL,
  table_name   TEXT NOT NULL,
  file_name    TEXT NOT NULL,
  line         INTEGER NOT NULL,
  cause        TEXT NOT NULL,
  record       TEXT NOT NULL
)

-- file: files as they are
CREATE TABLE IF NOT EXISTS ${table} (
  event_id     TEXT NOT NULL,
  file_name    TEXT NOT NULL,
  route        TEXT NOT NULL,
  entity       TEXT NOT NULL,
  legal_entity TEXT NOT NULL,
  exported_at  TEXT NOT NULL,
  stored_at    TEXT NOT NULL,
  file_length  INTEGER NOT NULL,
  sha256       TEXT NOT NULL,
  content      BLOB NOT NULL,
  PRIMARY KEY (event_id, file_name)
)
