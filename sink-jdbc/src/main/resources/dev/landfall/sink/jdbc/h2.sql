-- load: what was loaded, one row for each file and table
CREATE TABLE IF NOT EXISTS ${table} (
  event_id     VARCHAR(200) NOT NULL,
  table_name   VARCHAR(200) NOT NULL,
  file_name    VARCHAR(200) NOT NULL,
  route        VARCHAR(200) NOT NULL,
  legal_entity VARCHAR(200) NOT NULL,
  file_length  BIGINT NOT NULL,
  sha256       VARCHAR(200) NOT NULL,
  exported_at  TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  loaded_at    TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  way          VARCHAR(200) NOT NULL,
  outcome      VARCHAR(200) NOT NULL,
  row_count    BIGINT NOT NULL,
  bad_count    BIGINT NOT NULL,
  PRIMARY KEY (event_id, table_name, file_name)
)

-- push: the newest full push of each table and legal entity
CREATE TABLE IF NOT EXISTS ${table} (
  table_name   VARCHAR(200) NOT NULL,
  legal_entity VARCHAR(200) NOT NULL,
  exported_at  TIMESTAMP(6) WITH TIME ZONE,
  PRIMARY KEY (table_name, legal_entity)
)

-- bad: records that could not be stored, in the order of their files
CREATE TABLE IF NOT EXISTS ${table} (
  event_id     VARCHAR(200) NOT NULL,
  table_name   VARCHAR(200) NOT NULL,
  file_name    VARCHAR(200) NOT NULL,
  line         BIGINT NOT NULL,
  cause        VARCHAR NOT NULL,
  record       VARCHAR NOT NULL
)

-- file: files as they are
CREATE TABLE IF NOT EXISTS ${table} (
  event_id     VARCHAR(200) NOT NULL,
  file_name    VARCHAR(200) NOT NULL,
  route        VARCHAR(200) NOT NULL,
  entity       VARCHAR(200) NOT NULL,
  legal_entity VARCHAR(200) NOT NULL,
  exported_at  TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  stored_at    TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  file_length  BIGINT NOT NULL,
  sha256       VARCHAR(200) NOT NULL,
  content      BLOB NOT NULL,
  PRIMARY KEY (event_id, file_name)
)
