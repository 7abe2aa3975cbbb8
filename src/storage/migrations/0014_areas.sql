-- Kecamatan, desa and kelurahan for the map. At most one set: an import replaces it whole.
CREATE TABLE area_sets (
  id         INTEGER PRIMARY KEY CHECK (id = 1),
  source     TEXT NOT NULL,
  licence    TEXT NOT NULL,
  indicative BOOLEAN NOT NULL,
  notice     TEXT NOT NULL,
  hash       TEXT NOT NULL
);

-- `geometry`: as the source has it, WKB. `shapes`: ready for tiles, see catalog/area_shapes.hpp.
CREATE TABLE areas (
  number   INTEGER PRIMARY KEY,
  code     TEXT NOT NULL UNIQUE,
  name     TEXT NOT NULL,
  level    INTEGER NOT NULL,
  type     TEXT NOT NULL,
  district TEXT NOT NULL,
  regency  TEXT NOT NULL,
  province TEXT NOT NULL,
  geometry BLOB NOT NULL,
  shapes   BLOB NOT NULL
);
