package cli

import (
	"context"
	"regexp"
	"strconv"
	"unicode"

	"onewindow/internal/api/v1"
	"onewindow/internal/client"
)

// notWords are the parts of a canonical query that are no words of a text:
// fields with their operators, the values of fields that hold codes, operators
// between clauses.
var notWords = regexp.MustCompile(`(?i)\b(?:kind|region|holder-type|field|ipc|pn|ap|pd|fd|latest|first)\s*(?:==|=|<>|<=|>=|<|>|\bwithin\b|\bany\b|\ball\b)\s*(?:"[^"]*"|[^\s()]+)` +
	`|\b[a-z-]+\s*(?:==|=|<>|<=|>=|<|>|\b(?:any|all|within)\b)|\b(?:and|or|not|any|all|within)\b|\bnear/\w+(?:/ordered)?|\S*[0-9]\S*`)

// script tells in which scripts a text is written.
func script(text string) (han, latin bool) {
	for _, r := range text {
		han = han || unicode.Is(unicode.Han, r)
		latin = latin || unicode.Is(unicode.Latin, r)
	}
	return han, latin
}

// hintSample is how many rights are looked at for the language of titles.
const hintSample = 5

// hint tells a reader whose query found nothing that its words are of another
// language than the titles, as far as a few of the newest rights show. What goes
// wrong on the way is no harm: nothing is hinted at then.
func (a *app) hint(ctx context.Context, c *client.Connection, s *sheet, query string) {
	han, latin := script(notWords.ReplaceAllString(query, " "))
	if han == latin {
		return
	}
	newest, err := c.Search(ctx, v1.SearchParams{Sort: "date", Limit: hintSample})
	if err != nil || len(newest.Hits) == 0 {
		return
	}
	zh, other := false, false
	for _, h := range newest.Hits {
		r, err := c.Record(ctx, strconv.FormatInt(h.Record, 10), v1.AsOf{})
		if err != nil {
			return
		}
		for _, t := range r.Titles {
			zh, other = zh || t.Lang == "zh", other || t.Lang != "zh"
		}
	}
	switch {
	case latin && zh && !other:
		s.note(a.t("cli.hint.chinese", nil))
	case han && other && !zh:
		s.note(a.t("cli.hint.other", nil))
	}
}
