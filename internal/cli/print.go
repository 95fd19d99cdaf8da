package cli

import (
	"encoding/json"
	"strconv"
	"time"

	"onewindow/internal/api/v1"
)

// emit prints an answer: as it came in JSON, else as the sheet that lay makes.
func (a *app) emit(format string, answer any, lay func() *sheet) error {
	switch format {
	case "json":
		out := json.NewEncoder(a.Out)
		out.SetEscapeHTML(false)
		out.SetIndent("", "  ")
		return out.Encode(answer)
	case "csv":
		return lay().csv(a.Out)
	}
	return lay().table(a.Out)
}

// sheet returns an empty sheet whose columns are titled by the texts
// cli.column.<name>, marked when the answer rests on invented records.
func (a *app) sheet(mark v1.Mark, columns ...column) *sheet {
	s := &sheet{columns: columns}
	for i := range s.columns {
		if s.columns[i].title == "" && !s.columns[i].plain {
			s.columns[i].title = a.t("cli.column."+s.columns[i].name, nil)
		}
	}
	if mark.Sample {
		s.sample = a.t("cli.sample", nil)
	}
	if mark.Behind > 0 {
		s.notes = append(s.notes, a.t("cli.behind", map[string]any{"n": mark.Behind}))
	}
	return s
}

func (s *sheet) note(text string) { s.notes = append(s.notes, text) }

// label returns a class as people read it.
func label(c v1.Class) string {
	if c.Label != "" {
		return c.Label
	}
	return c.Code
}

// moment writes a moment in the zone that it comes in, the region's, and says
// which that is.
func moment(t *time.Time) string {
	if t == nil || t.IsZero() {
		return ""
	}
	return t.Format("2006-01-02 15:04:05 -07:00")
}

// nonzero writes a number, and nothing for zero.
func nonzero(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}
