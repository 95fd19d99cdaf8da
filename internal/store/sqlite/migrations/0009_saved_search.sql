-- Searches that people keep under permanent links.

CREATE TABLE saved_search (
	id        TEXT    PRIMARY KEY, -- cannot be guessed
	title     TEXT    NOT NULL,
	query     TEXT    NOT NULL,
	sort      TEXT    NOT NULL,
	unit      TEXT    NOT NULL,
	person    INTEGER NOT NULL, -- 0: of the folder's owner
	signed    TEXT    NOT NULL,
	body      TEXT    NOT NULL,
	region    TEXT    NOT NULL, -- code of a unit of the region pack
	created   INTEGER NOT NULL, -- microseconds since 1970
	changed   INTEGER NOT NULL,
	withdrawn INTEGER NOT NULL  -- 0 while it stands
) WITHOUT ROWID;
CREATE INDEX saved_search_person ON saved_search (person, created);
