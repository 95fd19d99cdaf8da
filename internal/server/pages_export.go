package server

import (
	"context"
	"io"

	"onewindow/internal/export"
	"onewindow/internal/find"
	"onewindow/internal/web"
)

// Export writes every result of a query. It takes a place among the exports.
func (p pages) Export(ctx context.Context, lang string, q web.Question, format string, w io.Writer) error {
	parsed, err := p.finder.Parse(q.Query)
	if err != nil {
		return err
	}
	req := find.Request{Query: q.Query, Sort: string(q.Sort)}
	if q.Sort == web.ByRank && !parsed.NeedsWords() {
		req.Sort = find.ByDate
	}
	done, err := p.exports.begin()
	if err != nil {
		return err
	}
	defer done()
	_, err = p.writeExport(ctx, lang, req, export.Format(format), 0, w)
	return err
}
