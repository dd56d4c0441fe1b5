-- load: what was loaded, one row for each file and table
CREATE TABLE ${table} (
  event_id     NVARCHAR(150) COLLATE Latin1_General_100_BIN2 NOT NULL,
  table_name   NVARCHAR(150) COLLATE Latin1_General_100_BIN2 NOT NULL,
  file_name    NVARCHAR(150) COLLATE Latin1_General_100_BIN2 NOT NULL,
  route        NVARCHAR(150) COLLATE Latin1_General_100_BIN2 NOT NULL,
  legal_entity NVARCHAR(150) COLLATE Latin1_General_100_BIN2 NOT NULL,
  file_length  BIGINT NOT NULL,
  sha256       NVARCHAR(150) COLLATE Latin1_General_100_BIN2 NOT NULL,
  exported_at  DATETIMEOFFSET(6) NOT NULL,
  loaded_at    DATETIMEOFFSET(6) NOT NULL,
  way          NVARCHAR(150) COLLATE Latin1_General_100_BIN2 NOT NULL,
  outcome      NVARCHAR(150) COLLATE Latin1_General_100_BIN2 NOT NULL,
  row_count    BIGINT NOT NULL,
  bad_count    BIGINT NOT NULL,
  PRIMARY KEY (event_id, table_name, file_name)
)

-- push: the newest full push of each table and legal entity
CREATE TABLE ${table} (
  table_name   NVARCHAR(150) COLLATE Latin1_General_100_BIN2 NOT NULL,
  legal_entity NVARCHAR(150) COLLATE Latin1_General_100_BIN2 NOT NULL,
  exported_at  DATETIMEOFFSET(6),
  PRIMARY KEY (table_name, legal_entity)
)

-- bad: records that could not be stored, in the order of their files
CREATE TABLE ${table} (
  event_id     NVARCHAR(150) COLLATE Latin1_General_100_BIN2 NOT NULL,
  table_name   NVARCHAR(150) COLLATE Latin1_General_100_BIN2 NOT NULL,
  file_name    NVARCHAR(150) COLLATE Latin1_General_100_BIN2 NOT NULL,
  line         BIGINT NOT NULL,
  cause        NVARCHAR(MAX) NOT NULL,
  record       NVARCHAR(MAX) NOT NULL
)

-- file: files as they are
CREATE TABLE ${table} (
  event_id     NVARCHAR(150) COLLATE Latin1_General_100_BIN2 NOT NULL,
  file_name    NVARCHAR(150) COLLATE Latin1_General_100_BIN2 NOT NULL,
  route        NVARCHAR(150) COLLATE Latin1_General_100_BIN2 NOT NULL,
  entity       NVARCHAR(150) COLLATE Latin1_General_100_BIN2 NOT NULL,
  legal_entity NVARCHAR(150) COLLATE Latin1_General_100_BIN2 NOT NULL,
  exported_at  DATETIMEOFFSET(6) NOT NULL,
  stored_at    DATETIMEOFFSET(6) NOT NULL,
  file_length  BIGINT NOT NULL,
  sha256       NVARCHAR(150) COLLATE Latin1_General_100_BIN2 NOT NULL,
  content      VARBINARY(MAX) NOT NULL,
  PRIMARY KEY (event_id, file_name)
)
