-- load: what was loaded, one row for each file and table
CREATE TABLE ${table} (
  event_id     VARCHAR2(200 CHAR) NOT NULL,
  table_name   VARCHAR2(200 CHAR) NOT NULL,
  file_name    VARCHAR2(200 CHAR) NOT NULL,
  route        VARCHAR2(200 CHAR) NOT NULL,
  legal_entity VARCHAR2(200 CHAR) NOT NULL,
  file_length  NUMBER(19) NOT NULL,
  sha256       VARCHAR2(200 CHAR) NOT NULL,
  exported_at  TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  loaded_at    TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  way          VARCHAR2(200 CHAR) NOT NULL,
  outcome      VARCHAR2(200 CHAR) NOT NULL,
  row_count    NUMBER(19) NOT NULL,
  bad_count    NUMBER(19) NOT NULL,
  PRIMARY KEY (event_id, table_name, file_name)
)

-- push: the newest full push of each table and legal entity
CREATE TABLE ${table} (
  table_name   VARCHAR2(200 CHAR) NOT NULL,
  legal_entity VARCHAR2(200 CHAR) NOT NULL,
  exported_at  TIMESTAMP(6) WITH TIME ZONE,
  PRIMARY KEY (table_name, legal_entity)
)

-- bad: records that could not be stored, in the order of their files
CREATE TABLE ${table} (
  event_id     VARCHAR2(200 CHAR) NOT NULL,
  table_name   VARCHAR2(200 CHAR) NOT NULL,
  file_name    VARCHAR2(200 CHAR) NOT NULL,
  line         NUMBER(19) NOT NULL,
  cause        CLOB NOT NULL,
  record       CLOB NOT NULL
)

-- file: files as they are
CREATE TABLE ${table} (
  event_id     VARCHAR2(200 CHAR) NOT NULL,
  file_name    VARCHAR2(200 CHAR) NOT NULL,
  route        VARCHAR2(200 CHAR) NOT NULL,
  entity       VARCHAR2(200 CHAR) NOT NULL,
  legal_entity VARCHAR2(200 CHAR) NOT NULL,
  exported_at  TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  stored_at    TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  file_length  NUMBER(19) NOT NULL,
  sha256       VARCHAR2(200 CHAR) NOT NULL,
  content      BLOB NOT NULL,
  PRIMARY KEY (event_id, file_name)
)
