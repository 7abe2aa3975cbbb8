-- The back office: accounts with their sessions, and the records that officers work on. `potentials` stays what the
-- public sees; a record is the working copy beside it and has the same id.

-- Values that belong to a person stand here only: the audit log names them by reference and keyed hash, so that they
-- can be erased without breaking its chain.
CREATE TABLE personal_values (
  noun  TEXT NOT NULL,
  id    BIGINT NOT NULL,
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (noun, id, field)
);

CREATE TABLE accounts (
  id                  BIGINT PRIMARY KEY,
  username            TEXT NOT NULL UNIQUE,
  role                TEXT NOT NULL,
  region_code         TEXT NOT NULL,
  unit                TEXT NOT NULL,
  state               TEXT NOT NULL CHECK (state IN ('active', 'disabled')),
  password_hash       TEXT NOT NULL,
  password_until      BIGINT,
  automation          BOOLEAN NOT NULL,
  totp_secret         BLOB,
  totp_pending        BLOB,
  totp_last_step      BIGINT NOT NULL,
  last_sign_in        BIGINT,
  version             BIGINT NOT NULL,
  created_at          BIGINT NOT NULL,
  changed_at          BIGINT NOT NULL
);
CREATE INDEX accounts_of_region ON accounts (region_code);

CREATE TABLE recovery_codes (
  account BIGINT NOT NULL REFERENCES accounts (id),
  hash    TEXT NOT NULL,
  PRIMARY KEY (account, hash)
);

CREATE TABLE one_time_links (
  hash    TEXT PRIMARY KEY,
  account BIGINT NOT NULL REFERENCES accounts (id),
  until   BIGINT NOT NULL
);

-- `id` names a session to its owner; `hash` is of the token in the cookie.
CREATE TABLE sessions (
  hash     TEXT PRIMARY KEY,
  id       TEXT NOT NULL UNIQUE,
  account  BIGINT NOT NULL REFERENCES accounts (id),
  csrf     TEXT NOT NULL,
  begun_at BIGINT NOT NULL,
  seen_at  BIGINT NOT NULL,
  until    BIGINT NOT NULL,
  address  TEXT NOT NULL,
  agent    TEXT NOT NULL
);
CREATE INDEX sessions_of_account ON sessions (account);

-- Geometries by the hash of their WKB: kept for ever, so that an earlier version of a record can come back.
CREATE TABLE shapes (
  hash TEXT PRIMARY KEY,
  wkb  BLOB NOT NULL
);

CREATE TABLE records (
  id           BIGINT PRIMARY KEY,
  slug         TEXT NOT NULL UNIQUE,
  region_code  TEXT NOT NULL REFERENCES regions (code),
  unit         TEXT NOT NULL,
  state        TEXT NOT NULL CHECK (state = 'draft' OR state = 'submitted' OR state = 'verified' OR state = 'published' OR state = 'archived'),
  published    BOOLEAN NOT NULL,
  title        TEXT NOT NULL,
  title_folded TEXT NOT NULL,
  words_folded TEXT NOT NULL,
  group_code   TEXT NOT NULL,
  sector       TEXT NOT NULL,
  category     TEXT NOT NULL,
  commodity    TEXT NOT NULL,
  confirmed    TEXT,
  content      TEXT NOT NULL,
  shape        TEXT REFERENCES shapes (hash),
  comments     TEXT NOT NULL,
  checked      BOOLEAN NOT NULL,
  author       BIGINT NOT NULL,
  changed_by   TEXT NOT NULL,
  version      BIGINT NOT NULL,
  created_at   BIGINT NOT NULL,
  changed_at   BIGINT NOT NULL
);
CREATE INDEX records_by_change ON records (changed_at, id);
CREATE INDEX records_by_title ON records (title_folded, id);
CREATE INDEX records_of_region ON records (region_code, changed_at, id);
CREATE INDEX records_in_state ON records (state, region_code, changed_at, id);

-- The first answer to a creating call that is sent twice.
CREATE TABLE idempotency_keys (
  account   BIGINT NOT NULL,
  key       TEXT NOT NULL,
  noun      TEXT NOT NULL,
  record    BIGINT NOT NULL,
  request   TEXT NOT NULL,
  made_at   BIGINT NOT NULL,
  PRIMARY KEY (account, key)
);

-- What the refresher follows: entries of the nouns that the public sees.
CREATE INDEX audit_of_noun ON audit (noun, sequence);
