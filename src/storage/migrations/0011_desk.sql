-- What officers keep for themselves in the office: views of the list, and text that is not saved yet.
CREATE TABLE views (
  id          TEXT PRIMARY KEY,
  account     BIGINT NOT NULL REFERENCES accounts (id),
  name        TEXT NOT NULL,
  query       TEXT NOT NULL,
  region_code TEXT NOT NULL,  -- whose officers see it too; empty: nobody else
  UNIQUE (account, name)
);
CREATE INDEX views_of_region ON views (region_code) WHERE region_code <> '';

CREATE TABLE unsaved_texts (
  account BIGINT NOT NULL REFERENCES accounts (id),
  record  BIGINT NOT NULL,  -- 0: one that does not exist yet
  content TEXT NOT NULL,
  kept_at BIGINT NOT NULL,
  PRIMARY KEY (account, record)
);
CREATE INDEX unsaved_texts_by_age ON unsaved_texts (kept_at);
