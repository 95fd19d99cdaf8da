-- What the data folder was made for, as its marker says too: one row.

CREATE TABLE made_for (
	nature TEXT NOT NULL, -- sample or real
	region TEXT NOT NULL  -- id of the region pack
);
