-- Photos and documents of potentials. What a file is never changes; what an officer says about it stands in the record. The
-- bytes lie in the folder `files` under the hash.
CREATE TABLE files (
  hash       TEXT PRIMARY KEY,  -- of the bytes as they came in
  kind       TEXT NOT NULL CHECK (kind IN ('photo', 'document')),
  media_type TEXT NOT NULL,
  bytes      BIGINT NOT NULL,
  width      INTEGER NOT NULL,
  height     INTEGER NOT NULL,
  pages      INTEGER NOT NULL,
  stored     BIGINT NOT NULL,   -- on the disk
  lon        DOUBLE PRECISION,  -- where the camera stood: offered to the officer, in nothing public
  lat        DOUBLE PRECISION,
  account    BIGINT NOT NULL,
  made_at    BIGINT NOT NULL
);

-- Which files a record may name: those that were attached to it, once and for ever, so that its history can be shown.
CREATE TABLE record_files (
  record      BIGINT NOT NULL,
  file        TEXT NOT NULL REFERENCES files (hash),
  region_code TEXT NOT NULL,  -- that answered for the record then: whose room it takes
  attached_at BIGINT NOT NULL,
  PRIMARY KEY (record, file)
);
CREATE INDEX record_files_of_region ON record_files (region_code);

ALTER TABLE potentials ADD COLUMN attachments TEXT NOT NULL DEFAULT '[]';
