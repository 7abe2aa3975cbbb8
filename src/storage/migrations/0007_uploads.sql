-- Files on their way in, piece by piece: how the program runs, no part of the register. The bytes lie in the spool folder
-- under the same id; what is older than a day is taken away.
CREATE TABLE uploads (
  id      TEXT PRIMARY KEY,
  account BIGINT NOT NULL,
  name    TEXT NOT NULL,
  bytes   BIGINT NOT NULL,
  reached BIGINT NOT NULL,  -- bytes that are certainly on the disk
  made_at BIGINT NOT NULL
);
CREATE INDEX uploads_of_account ON uploads (account);
