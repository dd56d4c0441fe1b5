-- Changes the tables of version 2 into those of version 3, which differ in where keys are kept.

DROP INDEX landfall_landing_digest;

-- Landings by their keys, but for the newest, whose keys are in their rows only: keys move here later,
-- many at once in their order.
CREATE TABLE landfall_key (
  digest  BLOB    NOT NULL PRIMARY KEY,
  landing INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Has one row: of all landings up to this one the keys are in landfall_key.
CREATE TABLE landfall_keyed (
  landing INTEGER NOT NULL
) STRICT;

INSERT INTO landfall_keyed VALUES (0);

-- In their order, so that each page is written once.
INSERT INTO landfall_key (digest, landing)
SELECT digest, id FROM landfall_landing ORDER BY digest;

UPDATE landfall_keyed SET landing = (SELECT coalesce(max(id), 0) FROM landfall_landing);

PRAGMA user_version = 3;
