-- What member bodies report, revision by revision.

CREATE TABLE body_return (
	id            INTEGER PRIMARY KEY,
	form          TEXT    NOT NULL,
	period        TEXT    NOT NULL,
	revision      INTEGER NOT NULL,
	cut_off       INTEGER NOT NULL, -- yyyymmdd
	reason        TEXT    NOT NULL,
	source        TEXT    NOT NULL,
	note          TEXT    NOT NULL,
	content       TEXT    NOT NULL, -- JSON of the numbers
	status        TEXT    NOT NULL,
	prepared_by   TEXT    NOT NULL,
	prepared_at   INTEGER NOT NULL, -- microseconds since 1970
	prepared_hash TEXT    NOT NULL,
	approved_by   TEXT    NOT NULL,
	approved_at   INTEGER NOT NULL,
	approved_hash TEXT    NOT NULL,
	approval      INTEGER NOT NULL, -- place among all approvals, 0 before
	UNIQUE (form, period, revision)
);
