-- Long work, resumed after a restart.

CREATE TABLE job (
	id       INTEGER PRIMARY KEY,
	kind     TEXT    NOT NULL,
	args     TEXT    NOT NULL, -- JSON
	state    TEXT    NOT NULL,
	progress TEXT    NOT NULL, -- JSON
	result   TEXT    NOT NULL, -- JSON
	error    TEXT    NOT NULL, -- JSON of its kind, code and arguments
	body     TEXT    NOT NULL,
	owner    TEXT    NOT NULL,
	created  INTEGER NOT NULL, -- microseconds since 1970
	started  INTEGER NOT NULL,
	finished INTEGER NOT NULL
);
CREATE INDEX job_open ON job (id) WHERE state IN ('queued', 'running');
