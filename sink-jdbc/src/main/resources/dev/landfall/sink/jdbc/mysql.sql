-- load: what was loaded, one row for each file and table
CREATE TABLE IF NOT EXISTS ${table} (
  event_id     VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
  table_name   VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
  file_name    VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
  route        VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
  legal_entity VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
  file_length  BIGINT NOT NULL,
  sha256       VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
  exported_at  DATETIME(6) NOT NULL,
  loaded_at    DATETIME(6) NOT NULL,
  way          VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
  outcome      VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
  row_count    BIGINT NOT NULL,
  bad_count    BIGINT NOT NULL,
  PRIMARY KEY (event_id, table_name, file_name)
)

-- push: the newest full push of each table and legal entity
CREATE TABLE IF NOT EXISTS ${table} (
  table_name   VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
  legal_entity VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
  exported_at  DATETIME(6),
  PRIMARY KEY (table_name, legal_entity)
)

-- bad: records that could not be stored, in the order of their files
CREATE TABLE IF NOT EXISTS ${table} (
  event_id     VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
  table_name   VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
  file_name    VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
  line         BIGINT NOT NULL,
  cause        LONGTEXT CHARACTER SET utf8mb4 NOT NULL,
  record       LONGTEXT CHARACTER SET utf8mb4 NOT NULL
)

-- file: files as they are
CREATE TABLE IF NOT EXISTS ${table} (
  event_id     VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
  file_name    VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
  route        VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
  entity       VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
  legal_entity VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
  exported_at  DATETIME(6) NOT NULL,
  stored_at    DATETIME(6) NOT NULL,
  file_length  BIGINT NOT NULL,
  sha256       VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
  content      LONGBLOB NOT NULL,
  PRIMARY KEY (event_id, file_name)
)
