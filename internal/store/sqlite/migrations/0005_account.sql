-- People who may sign in, and their sessions.

CREATE TABLE person (
	id           INTEGER PRIMARY KEY,
	login        TEXT    NOT NULL UNIQUE,
	display      TEXT    NOT NULL,
	body         TEXT    NOT NULL,
	region       TEXT    NOT NULL, -- code of a unit of the region pack
	role         TEXT    NOT NULL,
	disabled     INTEGER NOT NULL,
	added        INTEGER NOT NULL, -- microseconds since 1970
	password     TEXT    NOT NULL, -- argon2id, in PHC form
	password_set INTEGER NOT NULL
);

CREATE TABLE session (
	hash    TEXT    PRIMARY KEY, -- of the token
	person  INTEGER NOT NULL,
	begun   INTEGER NOT NULL,
	seen    INTEGER NOT NULL,
	address TEXT    NOT NULL,
	agent   TEXT    NOT NULL
) WITHOUT ROWID;
CREATE INDEX session_person ON session (person, begun);
