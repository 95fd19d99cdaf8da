-- What files hold before they are read, what is expected of them, and what is declared.

ALTER TABLE load ADD COLUMN source TEXT NOT NULL DEFAULT '';      -- the one that it was told
ALTER TABLE load ADD COLUMN surveyed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE load ADD COLUMN decided INTEGER NOT NULL DEFAULT 0;   -- microseconds since 1970, 0 if it never was held
ALTER TABLE load ADD COLUMN decided_actor TEXT NOT NULL DEFAULT '';
ALTER TABLE load ADD COLUMN decided_reason TEXT NOT NULL DEFAULT '';

CREATE TABLE survey (
	file      INTEGER PRIMARY KEY,
	source    TEXT    NOT NULL,
	format    TEXT    NOT NULL,
	counted   INTEGER NOT NULL,
	entries   INTEGER NOT NULL,
	documents INTEGER NOT NULL,
	rejected  INTEGER NOT NULL,
	flagged   INTEGER NOT NULL
);

CREATE TABLE issue (
	file      INTEGER NOT NULL,
	day       INTEGER NOT NULL, -- YYYYMMDD
	documents INTEGER NOT NULL,
	PRIMARY KEY (file, day)
) WITHOUT ROWID;

CREATE TABLE finding (
	id     INTEGER PRIMARY KEY,
	load   INTEGER NOT NULL,
	source TEXT    NOT NULL,
	file   INTEGER NOT NULL, -- 0: about all files of the load that belong to the source
	what   TEXT    NOT NULL,
	met    REAL    NOT NULL,
	least  REAL,             -- NULL where there is no bound
	most   REAL
);
CREATE INDEX finding_load ON finding (load);

CREATE TABLE declaration (
	id         INTEGER PRIMARY KEY,
	load       INTEGER NOT NULL, -- 0: about all of the source
	source     TEXT    NOT NULL,
	cover      TEXT    NOT NULL, -- JSON
	ground     TEXT    NOT NULL,
	actor      TEXT    NOT NULL,
	state_from INTEGER NOT NULL, -- 0 while its load is not read to the end
	state_to   INTEGER NOT NULL, -- 0 while it holds
	end_actor  TEXT    NOT NULL,
	end_reason TEXT    NOT NULL
);
