-- The book of rulings: what the office decided of doubts. It is only added to; an
-- entry that takes a ruling back names it.

CREATE TABLE ruling (
	id         INTEGER PRIMARY KEY,
	doubt      TEXT    NOT NULL, -- reject, value, region, holder-type, conflict
	act        TEXT    NOT NULL, -- dismiss, return, accept, correct, assign, believe
	alike      INTEGER NOT NULL, -- 1 where the key is that of like cases
	key        TEXT    NOT NULL,
	field      TEXT    NOT NULL,
	was        TEXT    NOT NULL,
	value      TEXT    NOT NULL,
	at_case    TEXT    NOT NULL,
	cases      INTEGER NOT NULL,
	reason     TEXT    NOT NULL,
	actor      TEXT    NOT NULL,
	state_from INTEGER NOT NULL,
	undoes     INTEGER NOT NULL  -- the entry that it takes back, 0 if none
);
