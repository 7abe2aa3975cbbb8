-- Imports of the offices: a file with its settings, and what a run of it wrote. The rows themselves lie in the file.

CREATE TABLE imports (
  id          BIGINT PRIMARY KEY,  -- sequence number of the audit entry that created it
  region_code TEXT NOT NULL,       -- whose officers work on it
  account     BIGINT NOT NULL,
  created_by  TEXT NOT NULL,
  created_at  BIGINT NOT NULL,
  state       TEXT NOT NULL CHECK (state IN ('open', 'applied', 'undone')),
  version     BIGINT NOT NULL,
  file_name   TEXT NOT NULL,
  file_bytes  BIGINT NOT NULL,
  file_hash   TEXT NOT NULL,
  found       TEXT NOT NULL,       -- JSON: kind, layers with their fields, what was left out
  settings    TEXT NOT NULL,       -- JSON
  report      TEXT NOT NULL,       -- JSON of the last dry run; empty: none
  result      TEXT NOT NULL,       -- JSON of the run; empty: none
  job         BIGINT NOT NULL,     -- the newest of it; 0: none
  applied_at  BIGINT
);
CREATE INDEX imports_of_region ON imports (region_code, id);
CREATE INDEX imports_of_file ON imports (file_hash);

-- Cells that an officer corrected in the grid.
CREATE TABLE import_fixes (
  import BIGINT NOT NULL REFERENCES imports (id),
  line   BIGINT NOT NULL,
  cells  TEXT NOT NULL,
  PRIMARY KEY (import, line)
);

-- What a region's officers said once about a word that is no code.
CREATE TABLE import_codes (
  region_code TEXT NOT NULL,
  field       TEXT NOT NULL,
  value       TEXT NOT NULL,  -- folded
  code        TEXT NOT NULL,
  PRIMARY KEY (region_code, field, value)
);

CREATE TABLE import_profiles (
  id          BIGINT PRIMARY KEY,
  region_code TEXT NOT NULL,
  name        TEXT NOT NULL,
  settings    TEXT NOT NULL,
  UNIQUE (region_code, name)
);

-- The office's own key of a record, by which the next file finds it.
CREATE TABLE import_keys (
  region_code TEXT NOT NULL,
  key         TEXT NOT NULL,
  record      BIGINT NOT NULL,
  PRIMARY KEY (region_code, key)
);

CREATE INDEX import_keys_of_record ON import_keys (record);

-- The ids of the records that a run created.
CREATE TABLE import_ranges (
  first_id BIGINT PRIMARY KEY,
  last_id  BIGINT NOT NULL,
  import   BIGINT NOT NULL REFERENCES imports (id)
);
CREATE INDEX import_ranges_of_import ON import_ranges (import);

-- Those of them that nobody sees: of a run that has not come to its end, or was undone and is being cleaned away.
-- Every statement that reads records or potentials leaves them out. Empty most of the time.
CREATE TABLE hidden_ranges (
  first_id BIGINT PRIMARY KEY,
  last_id  BIGINT NOT NULL,
  import   BIGINT NOT NULL
);

-- Records that a run changes: as they shall be (applied in its last transaction), and as they were (for undo).
CREATE TABLE import_changes (
  import  BIGINT NOT NULL,
  record  BIGINT NOT NULL,
  line    BIGINT NOT NULL,
  before  TEXT NOT NULL,
  after   TEXT NOT NULL,
  PRIMARY KEY (import, record)
);
