-- Work in the background, and what is due each day. Claims, heartbeats and progress are housekeeping and stand in no audit
-- entry; that a job was made, cancelled or ended does.

CREATE TABLE jobs (
  id           BIGINT PRIMARY KEY,  -- sequence number of the audit entry that created it
  kind         TEXT NOT NULL,
  state        TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
  region_code  TEXT REFERENCES regions (code),  -- of the object; NULL: of no region
  created_by   TEXT NOT NULL,
  created_at   BIGINT NOT NULL,
  input        TEXT NOT NULL,
  result       TEXT NOT NULL,     -- JSON of a job that is done; empty before
  fault        TEXT NOT NULL,     -- JSON {key, args} of the last attempt that failed; empty: none did
  progress     BIGINT NOT NULL,
  total        BIGINT NOT NULL,   -- 0: not known
  message      TEXT NOT NULL,     -- key of what it is doing
  attempts     INTEGER NOT NULL,
  run_at       BIGINT NOT NULL,   -- not before; 0: at once
  cancel_asked BOOLEAN NOT NULL,
  owner        TEXT,              -- the process that runs it
  heartbeat    BIGINT,            -- when the owner last said that it lives
  started_at   BIGINT,
  finished_at  BIGINT,
  CHECK ((state = 'running') = (owner IS NOT NULL))
);
CREATE INDEX jobs_queue ON jobs (state, run_at, id);

CREATE TABLE schedules (
  name    TEXT PRIMARY KEY,
  kind    TEXT NOT NULL,
  input   TEXT NOT NULL,
  minute  INTEGER NOT NULL CHECK (minute BETWEEN 0 AND 1439),  -- of the day in Makassar
  next_at BIGINT NOT NULL
);
