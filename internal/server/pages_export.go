package server

import (
	"context"

	"onewindow/internal/find"
	"onewindow/internal/register"
	"onewindow/internal/web"
)

// Each calls fn with every result of a query, in its order. Page, Size and Unit
// do not count.
func (p pages) Each(ctx context.Context, lang string, q web.Question, fn func(web.Item) error) error {
	parsed, err := p.finder.Parse(q.Query)
	if err != nil {
		return err
	}
	req := find.Request{Query: q.Query, Lang: lang, Sort: string(q.Sort)}
	if q.Sort == web.ByRank && !parsed.NeedsWords() {
		req.Sort = find.ByDate
	}
	done, err := p.exports.begin()
	if err != nil {
		return err
	}
	defer done()
	say := p.print(lang)
	return p.finder.Each(ctx, find.Public(), req, func(v *register.View) error { return fn(p.item(say, v, nil)) })
}
