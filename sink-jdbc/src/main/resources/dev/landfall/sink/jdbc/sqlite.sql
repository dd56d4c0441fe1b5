CREATE TABLE IF NOT EXISTS ${table} (
  event_id    TEXT    NOT NULL,
  table_name  TEXT    NOT NULL,
  file_name   TEXT    NOT NULL,
  file_length INTEGER NOT NULL,
  sha256      TEXT    NOT NULL,
  row_count   INTEGER NOT NULL,
  loaded_at   TEXT    NOT NULL,
  PRIMARY KEY (event_id, table_name, file_name)
)
