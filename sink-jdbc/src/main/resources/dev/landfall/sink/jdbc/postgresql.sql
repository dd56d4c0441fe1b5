-- load: what was loaded, one row for each file and table
CREATE TABLE IF NOT EXISTS ${table} (
  event_id     text NOT NULL,
  table_name   text NOT NULL,
  file_name    text NOT NULL,
  route        text NOT NULL,
  legal_entity text NOT NULL,
  file_length  bigint NOT NULL,
  sha256       text NOT NULL,
  exported_at  timestamp with time zone NOT NULL,
  loaded_at    timestamp with time zone NOT NULL,
  way          text NOT NULL,
  outcome      text NOT NULL,
  row_count    bigint NOT NULL,
  bad_count    bigint NOT NULL,
  PRIMARY KEY (event_id, table_name, file_name)
)

-- push: the newest full push of each table and legal entity
CREATE TABLE IF NOT EXISTS ${table} (
  table_name   text NOT NULL,
  legal_entity text NOT NULL,
  exported_at  timestamp with time zone,
  PRIMARY KEY (table_name, legal_entity)
)

-- bad: records that could not be stored, in the order of their files
CREATE TABLE IF NOT EXISTS ${table} (
  event_id     text NOT NULL,
  table_name   text NOT NULL,
  file_name    text NOT NULL,
  line         bigint NOT NULL,
  cause        text NOT NULL,
  record       text NOT NULL
)

-- file: files as they are
CREATE TABLE IF NOT EXISTS ${table} (
  event_id     text NOT NULL,
  file_name    text NOT NULL,
  route        text NOT NULL,
  entity       text NOT NULL,
  legal_entity text NOT NULL,
  exported_at  timestamp with time zone NOT NULL,
  stored_at    timestamp with time zone NOT NULL,
  file_length  bigint NOT NULL,
  sha256       text NOT NULL,
  content      bytea NOT NULL,
  PRIMARY KEY (event_id, file_name)
)
