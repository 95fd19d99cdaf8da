-- Editions of papers as they were published. content is the edition in JSON, packed
-- with gzip; it is never written again.
CREATE TABLE edition (
  paper   TEXT NOT NULL,
  n       INTEGER NOT NULL,
  content BLOB NOT NULL,
  PRIMARY KEY (paper, n)
) STRICT;
