CREATE TABLE IF NOT EXISTS ${table} (
  event_id    text                     NOT NULL,
  table_name  text                     NOT NULL,
  file_name   text                     NOT NULL,
  file_length bigint                   NOT NULL,
  sha256      text                     NOT NULL,
  row_count   bigint                   NOT NULL,
  loaded_at   timestamp with time zone NOT NULL,
  PRIMARY KEY (event_id, table_name, file_name)
)
