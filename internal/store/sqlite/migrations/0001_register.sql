-- The register: see doc/register.md for what the tables mean.

CREATE TABLE load (
	id        INTEGER PRIMARY KEY,
	label     TEXT    NOT NULL,
	as_format TEXT    NOT NULL,
	actor     TEXT    NOT NULL,
	job       INTEGER NOT NULL,
	status    TEXT    NOT NULL,
	created   INTEGER NOT NULL, -- microseconds since 1970
	finished  INTEGER NOT NULL, -- 0 while it runs
	met       INTEGER NOT NULL, -- the state that it met
	undone    INTEGER NOT NULL  -- the state that undid it, 0 if none
);
CREATE UNIQUE INDEX load_job ON load (job) WHERE job <> 0;

CREATE TABLE file (
	id        INTEGER PRIMARY KEY,
	load      INTEGER NOT NULL,
	position  INTEGER NOT NULL,
	path      TEXT    NOT NULL,
	size      INTEGER NOT NULL,
	sha256    TEXT    NOT NULL,
	as_format TEXT    NOT NULL,
	format    TEXT    NOT NULL,
	status    TEXT    NOT NULL,
	skipped   INTEGER NOT NULL, -- the live file with the same bytes
	undone    INTEGER NOT NULL,
	ordinal   INTEGER NOT NULL, -- the checkpoint: last entry that is read
	entries   INTEGER NOT NULL,
	documents INTEGER NOT NULL,
	rejected  INTEGER NOT NULL,
	new       INTEGER NOT NULL,
	repeated  INTEGER NOT NULL,
	known     INTEGER NOT NULL,
	flagged   INTEGER NOT NULL,
	rights    INTEGER NOT NULL,
	changed   INTEGER NOT NULL,
	merged    INTEGER NOT NULL,
	disputed  INTEGER NOT NULL
);
CREATE INDEX file_load ON file (load, position);

-- The id holds the right in its upper bits: rows of one right lie together.
CREATE TABLE statement (
	id         INTEGER PRIMARY KEY,
	file       INTEGER NOT NULL,
	state_from INTEGER NOT NULL,
	state_to   INTEGER NOT NULL DEFAULT 0, -- 0 while it stands
	same       INTEGER,          -- the statement that holds the body
	ordinal    INTEGER NOT NULL,
	row_number INTEGER NOT NULL,
	member     TEXT,
	issued     INTEGER NOT NULL,
	rank       INTEGER NOT NULL,
	hash       BLOB    NOT NULL,
	body       BLOB
);
CREATE INDEX statement_file ON statement (file);

CREATE TABLE number (
	key      TEXT PRIMARY KEY,
	right_id INTEGER NOT NULL,
	home     INTEGER -- NULL where it is right_id
) WITHOUT ROWID;

CREATE TABLE number_past (
	key      TEXT    NOT NULL,
	right_id INTEGER NOT NULL,
	PRIMARY KEY (key, right_id)
) WITHOUT ROWID;

CREATE TABLE succession (
	right_id   INTEGER NOT NULL,
	state_from INTEGER NOT NULL,
	state_to   INTEGER NOT NULL,
	into_right INTEGER NOT NULL,
	PRIMARY KEY (right_id, state_from)
) WITHOUT ROWID;

CREATE TABLE state (
	id         INTEGER PRIMARY KEY,
	at         INTEGER NOT NULL, -- microseconds since 1970, never falling
	act        TEXT    NOT NULL,
	load       INTEGER NOT NULL,
	last_right INTEGER NOT NULL, -- highest right id given out
	rights     BLOB    NOT NULL  -- ids that changed: ascending, differences as varints
);
CREATE INDEX state_at ON state (at);
CREATE INDEX state_load ON state (load, id) WHERE load <> 0;

CREATE TABLE reject (
	id         INTEGER PRIMARY KEY,
	file       INTEGER NOT NULL,
	ordinal    INTEGER NOT NULL,
	row_number INTEGER NOT NULL,
	member     TEXT    NOT NULL,
	line       INTEGER NOT NULL,
	offset     INTEGER NOT NULL,
	format     TEXT    NOT NULL,
	code       TEXT    NOT NULL,
	args       TEXT    NOT NULL, -- JSON
	raw        TEXT    NOT NULL
);
CREATE INDEX reject_file ON reject (file, ordinal);

CREATE TABLE tally (
	file INTEGER NOT NULL,
	what TEXT    NOT NULL, -- flag, reject, unread
	name TEXT    NOT NULL,
	n    INTEGER NOT NULL,
	PRIMARY KEY (file, what, name)
) WITHOUT ROWID;

CREATE TABLE override (
	id         INTEGER PRIMARY KEY,
	right_id   INTEGER NOT NULL,
	field      TEXT    NOT NULL,
	value      TEXT    NOT NULL,
	reason     TEXT    NOT NULL,
	actor      TEXT    NOT NULL,
	state_from INTEGER NOT NULL,
	state_to   INTEGER NOT NULL
);

CREATE TABLE leaf (
	seq     INTEGER PRIMARY KEY,
	kind    TEXT    NOT NULL,
	state   INTEGER NOT NULL,
	salt    BLOB    NOT NULL,
	payload TEXT    NOT NULL,
	hash    BLOB    NOT NULL
);
