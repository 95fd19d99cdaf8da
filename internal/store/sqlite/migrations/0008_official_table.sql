-- Official tables as they were added. A row never changes: a correction is a further
-- revision.

CREATE TABLE official_table (
	id       TEXT    NOT NULL,
	revision INTEGER NOT NULL, -- from 1
	body     TEXT    NOT NULL, -- JSON: head and cells
	actor    TEXT    NOT NULL,
	added    INTEGER NOT NULL, -- microseconds since 1970
	PRIMARY KEY (id, revision)
) WITHOUT ROWID;
