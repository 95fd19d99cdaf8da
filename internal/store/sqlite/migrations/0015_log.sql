-- Signed heads of the log.

CREATE TABLE log_head (
	size   INTEGER PRIMARY KEY, -- leaves
	root   BLOB    NOT NULL,
	origin TEXT    NOT NULL,
	at     INTEGER NOT NULL,    -- microseconds since 1970
	signed TEXT    NOT NULL     -- the signed note
);
