-- One name for bytes in both databases.
CREATE DOMAIN blob AS bytea;
