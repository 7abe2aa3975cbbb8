-- How many months a confirmation of a region counts; "74": for regions that say nothing. And on every confirmed record
-- the last day on which it does.
CREATE TABLE freshness (
  region_code TEXT PRIMARY KEY,
  months      INTEGER NOT NULL CHECK (months BETWEEN 1 AND 60)
);

ALTER TABLE records ADD COLUMN confirm_due TEXT;
UPDATE records SET confirm_due = CAST(CAST(SUBSTR(confirmed, 1, 4) AS INTEGER) + 1 AS TEXT) || SUBSTR(confirmed, 5)
WHERE confirmed IS NOT NULL;

-- For which due date the owner of a record was reminded last.
CREATE TABLE confirm_reminders (
  record BIGINT PRIMARY KEY,
  due    TEXT NOT NULL
);

-- Who is to look after a record, and words that officers put on it: facts beside its content, no new version.
-- `tags` is ",a,b,"; 0: nobody.
ALTER TABLE records ADD COLUMN assignee BIGINT NOT NULL DEFAULT 0;
ALTER TABLE records ADD COLUMN tags TEXT NOT NULL DEFAULT '';

-- What the list counts, in the order of its groups, so that counting reads no record.
CREATE INDEX records_counts ON records (region_code, state, group_code, sector, published, confirm_due, id);
CREATE INDEX records_tags ON records (region_code, unit, tags, id) WHERE tags <> '';
CREATE INDEX records_due ON records (confirm_due) WHERE confirm_due IS NOT NULL;
CREATE INDEX records_of_assignee ON records (assignee) WHERE assignee <> 0;
