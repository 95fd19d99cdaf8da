package sqlite

import "context"

// MadeFor returns the nature and the region of the data folder that the file was
// made for. They are those given when nothing stands there yet, and never
// change.
func (db *DB) MadeFor(ctx context.Context, nature, region string) (hasNature, hasRegion string, err error) {
	err = db.transact(ctx, func(t *tx) error {
		found, err := t.q.one(ctx, "SELECT nature, region FROM made_for", nil, &hasNature, &hasRegion)
		if err != nil || found {
			return err
		}
		hasNature, hasRegion = nature, region
		_, err = t.q.exec(ctx, "INSERT INTO made_for (nature, region) VALUES (?, ?)", nature, region)
		return err
	})
	return hasNature, hasRegion, err
}
