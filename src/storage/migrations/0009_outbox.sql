-- E-mails that wait for the job that sends them; gone once they are sent. What a mail is about stands in `details`,
-- sealed with the installation's key; its text and its link are made when it is sent.
CREATE TABLE outbox (
  id       TEXT PRIMARY KEY,
  kind     TEXT NOT NULL,
  account  BIGINT REFERENCES accounts (id),  -- NULL: somebody whom the details name
  language TEXT NOT NULL,
  details  BLOB NOT NULL,
  made_at  BIGINT NOT NULL
);
