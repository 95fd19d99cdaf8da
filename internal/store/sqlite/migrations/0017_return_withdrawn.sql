-- Who took a return back, when and why.

ALTER TABLE body_return ADD COLUMN withdrawn_by TEXT NOT NULL DEFAULT '';
ALTER TABLE body_return ADD COLUMN withdrawn_at INTEGER NOT NULL DEFAULT 0; -- microseconds since 1970
ALTER TABLE body_return ADD COLUMN withdrawn_for TEXT NOT NULL DEFAULT '';
