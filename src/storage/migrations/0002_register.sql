-- The register. Text per language and lists are JSON text; instants are microseconds UTC; dates are ISO text with their
-- precision. The id of a record is the sequence number of the audit entry that created it.

CREATE TABLE audit (
  sequence BIGINT PRIMARY KEY,
  at       BIGINT NOT NULL,
  actor    TEXT NOT NULL,
  action   TEXT NOT NULL,
  noun     TEXT NOT NULL,
  key      TEXT NOT NULL,
  content  TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash     TEXT NOT NULL
);
CREATE INDEX audit_of_record ON audit (noun, key, sequence);

CREATE TABLE regions (
  code             TEXT PRIMARY KEY,
  bps_code         TEXT NOT NULL UNIQUE,
  name             TEXT NOT NULL,
  kind             TEXT NOT NULL CHECK (kind IN ('province', 'regency', 'city')),
  capital          TEXT NOT NULL,
  capital_lon      DOUBLE PRECISION,
  capital_lat      DOUBLE PRECISION,
  area_km2         DOUBLE PRECISION,
  population       BIGINT,
  population_year  INTEGER,
  established_year INTEGER,
  website          TEXT NOT NULL,
  source           TEXT NOT NULL CHECK (source <> '')
);

CREATE TABLE commodities (
  slug     TEXT PRIMARY KEY,
  name     TEXT NOT NULL,
  sector   TEXT NOT NULL,
  category TEXT NOT NULL,
  hs_code  TEXT NOT NULL,
  unit     TEXT NOT NULL
);

CREATE TABLE potentials (
  id            BIGINT PRIMARY KEY,
  slug          TEXT NOT NULL UNIQUE,
  region_code   TEXT NOT NULL REFERENCES regions (code),
  sector_scheme TEXT NOT NULL,
  sector_code   TEXT NOT NULL,
  category      TEXT NOT NULL,
  commodity     TEXT REFERENCES commodities (slug),
  geometry      BLOB,
  min_x         DOUBLE PRECISION,
  min_y         DOUBLE PRECISION,
  max_x         DOUBLE PRECISION,
  max_y         DOUBLE PRECISION,
  accuracy      TEXT NOT NULL CHECK (accuracy = 'exact' OR accuracy = 'village' OR accuracy = 'district' OR accuracy = 'regency'),
  title         TEXT NOT NULL,
  summary       TEXT NOT NULL,
  description   TEXT NOT NULL,
  forms         TEXT NOT NULL,
  status        TEXT NOT NULL CHECK (status = 'existing' OR status = 'offered' OR status = 'indicative'),
  maturity      TEXT NOT NULL CHECK (maturity = 'potensi' OR maturity = 'prospektif' OR maturity = 'siap_ditawarkan'),
  contact_unit  TEXT NOT NULL,
  sources       TEXT NOT NULL,
  note          TEXT NOT NULL,
  confirmed     TEXT,
  state         TEXT NOT NULL CHECK (state = 'draft' OR state = 'submitted' OR state = 'verified' OR state = 'published' OR state = 'archived'),
  version       BIGINT NOT NULL,
  created_at    BIGINT NOT NULL,
  changed_at    BIGINT NOT NULL
);
CREATE INDEX potentials_of_region ON potentials (region_code);
CREATE INDEX potentials_of_commodity ON potentials (commodity);

-- A number without a source does not get in.
CREATE TABLE potential_figures (
  potential_id BIGINT NOT NULL REFERENCES potentials (id),
  position     INTEGER NOT NULL,
  quantity     DOUBLE PRECISION NOT NULL,
  unit         TEXT NOT NULL,
  kind         TEXT NOT NULL,
  year         INTEGER,
  source       TEXT NOT NULL CHECK (source <> ''),
  PRIMARY KEY (potential_id, position)
);

CREATE TABLE indicators (
  key         TEXT PRIMARY KEY,
  region_code TEXT NOT NULL,
  indicator   TEXT NOT NULL,
  sector      TEXT NOT NULL,
  commodity   TEXT NOT NULL,
  year        INTEGER,
  value       DOUBLE PRECISION NOT NULL,
  unit        TEXT NOT NULL,
  source      TEXT NOT NULL CHECK (source <> '')
);

CREATE TABLE needs (
  key                TEXT PRIMARY KEY,
  commodity          TEXT NOT NULL REFERENCES commodities (slug),
  kg_per_person_year DOUBLE PRECISION NOT NULL,
  scope              TEXT NOT NULL CHECK (scope IN ('national', 'province')),
  year               INTEGER NOT NULL,
  kind               TEXT NOT NULL,
  conversion_note    TEXT NOT NULL,
  source             TEXT NOT NULL CHECK (source <> '')
);

CREATE TABLE agreements (
  id            BIGINT PRIMARY KEY,
  slug          TEXT NOT NULL UNIQUE,
  title         TEXT NOT NULL,
  parties       TEXT NOT NULL,
  type          TEXT NOT NULL CHECK (type IN ('ksdd', 'ksdpk', 'sinergi', 'ksdpl', 'ksdll')),
  document_kind TEXT NOT NULL,
  signed_on     TEXT,
  ends_on       TEXT,
  subject       TEXT NOT NULL,
  region_code   TEXT NOT NULL REFERENCES regions (code),
  source        TEXT NOT NULL CHECK (source <> '')
);

CREATE TABLE regulations (
  code    TEXT PRIMARY KEY,
  title   TEXT NOT NULL,
  year    INTEGER NOT NULL,
  number  TEXT NOT NULL,
  kind    TEXT NOT NULL,
  topic   TEXT NOT NULL,
  summary TEXT NOT NULL,
  source  TEXT NOT NULL CHECK (source <> '')
);

-- At most one set of boundaries: an import replaces it whole.
CREATE TABLE boundary_sets (
  id         INTEGER PRIMARY KEY CHECK (id = 1),
  source     TEXT NOT NULL,
  licence    TEXT NOT NULL,
  indicative BOOLEAN NOT NULL,
  notice     TEXT NOT NULL
);

CREATE TABLE boundaries (
  code  TEXT PRIMARY KEY,
  name  TEXT NOT NULL,
  level INTEGER NOT NULL,
  band0 BLOB,
  band1 BLOB,
  band2 BLOB,
  band3 BLOB
);
