-- What people decided of parties.

CREATE TABLE party_decision (
	id            INTEGER PRIMARY KEY,
	act           TEXT    NOT NULL, -- merge, split, differ
	a             TEXT    NOT NULL, -- JSON: keys of names on one side
	b             TEXT    NOT NULL, -- JSON: and on the other
	rule          TEXT    NOT NULL,
	along         INTEGER NOT NULL, -- the decision that it was made along with, 0 if none
	reason        TEXT    NOT NULL,
	actor         TEXT    NOT NULL,
	made          INTEGER NOT NULL, -- microseconds since 1970
	undone        INTEGER NOT NULL, -- 0 while it stands
	undone_actor  TEXT    NOT NULL,
	undone_reason TEXT    NOT NULL
);
