-- An import that changes many records, or takes many changes back, does so in short transactions: since when. Meanwhile
-- the public sees what it saw before.
ALTER TABLE imports ADD COLUMN in_force_since BIGINT;
