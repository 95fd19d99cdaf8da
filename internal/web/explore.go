package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"onewindow/internal/api/v1"
	"onewindow/internal/ierr"
)

// shownCounts is how many rows of counts a page shows; the files have all of them.
const shownCounts = 300

// compareAsk reads what is to be compared.
func (v *visit) compareAsk() (ask CompareAsk, err error) {
	if ask.Period, err = v.text("period", MaxNumber); err != nil {
		return ask, err
	}
	if ask.Indicators, err = v.several("i", MaxCompared); err != nil {
		return ask, err
	}
	ask.Regions, err = v.several("r", 100)
	return ask, err
}

// several returns the values of a parameter that may stand more than once, those that
// are empty or repeated left out; at most limit of them.
func (v *visit) several(name string, limit int) ([]string, error) {
	var out []string
	for _, s := range v.r.URL.Query()[name] {
		if len(s) > maxWord {
			return nil, ierr.New(ierr.Invalid, "web.long", ierr.Args{"name": name, "limit": maxWord})
		}
		if s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	if len(out) > limit {
		return nil, ierr.New(ierr.Invalid, "web.several", ierr.Args{"name": name, "limit": limit})
	}
	return out, nil
}

// compareURL is the address of a comparison; rest stands behind the page's name.
func compareURL(lang, rest string, ask CompareAsk) string {
	q := url.Values{"i": ask.Indicators, "period": {ask.Period}}
	if len(ask.Regions) > 0 {
		q["r"] = ask.Regions
	}
	return "/" + lang + "/compare" + rest + "?" + q.Encode()
}

// comparePage is the body of the page that compares regions.
type comparePage struct {
	*Comparison
	Slots     []slot
	Chosen    map[string]bool // regions
	Grid      figureGrid
	Files     []option
	Permalink string
}

func serveCompare(v *visit) error {
	ask, err := v.compareAsk()
	if err != nil {
		return err
	}
	c, err := v.site.Figures.Compare(v.ctx(), v.lang, ask)
	if err != nil {
		return err
	}
	body := comparePage{Comparison: c, Slots: slots(MaxCompared, c.Ask.Indicators), Chosen: map[string]bool{}}
	for _, code := range c.Ask.Regions {
		body.Chosen[code] = true
	}
	p := page{Section: "figures", Title: v.print.T("web.compare.title", nil), Quick: true, NoIndex: len(v.r.URL.RawQuery) > 0}
	if c.Table != nil {
		body.Grid, body.Permalink = gridOf(v.print, v.lang, c.Table), compareURL(v.lang, "", c.Ask)
		for _, f := range figureForms {
			body.Files = append(body.Files, option{Label: f.label, URL: compareURL(v.lang, "/table."+f.ending, c.Ask)})
		}
		p.Sample = c.Table.Sample
	}
	p.Body = body
	return v.render(http.StatusOK, "compare", p)
}

// serveCompareFile answers with a comparison as a file.
func serveCompareFile(form file) func(*visit) error {
	return func(v *visit) error {
		ask, err := v.compareAsk()
		if err != nil {
			return err
		}
		c, err := v.site.Figures.Compare(v.ctx(), v.lang, ask)
		if err != nil {
			return err
		}
		if c.Table == nil {
			return ierr.New(ierr.NotFound, "web.page", nil)
		}
		return v.figureFile(form, "comparison", c.Table)
	}
}

// exploreAsk reads what is to be counted.
func (v *visit) exploreAsk() (ask ExploreAsk, err error) {
	for _, p := range []struct {
		name  string
		to    *string
		limit int
	}{{"q", &ask.Query, MaxQuery}, {"region", &ask.Region, MaxNumber}, {"from", &ask.From, MaxNumber}, {"to", &ask.To, MaxNumber}} {
		if *p.to, err = v.text(p.name, p.limit); err != nil {
			return ask, err
		}
	}
	unit, err := v.choice("unit", units...)
	if err != nil {
		return ask, err
	}
	ask.Unit = Unit(unit)
	if ask.By, err = v.several("by", v1.MaxBy); err != nil {
		return ask, err
	}
	if v.r.URL.RawQuery == "" {
		ask.By = []string{"region", "kind"}
	}
	return ask, nil
}

// exploreURL is the address of a table of counts; rest stands behind the page's name.
func exploreURL(lang, rest string, ask ExploreAsk) string {
	q := url.Values{"by": ask.By, "unit": {string(ask.Unit)}}
	for name, value := range map[string]string{"q": ask.Query, "region": ask.Region, "from": ask.From, "to": ask.To} {
		if value != "" {
			q.Set(name, value)
		}
	}
	return "/" + lang + "/explore" + rest + "?" + q.Encode()
}

// explorePage is the body of the page on which records are counted.
type explorePage struct {
	*Exploration
	Problem *problem
	Slots   []slot
	Units   []string
	Shown   []CountRow
	Cut     int
	Files   []option
	Across  string // label of the dimension across
}

// slot is one of several selects of a kind.
type slot struct {
	N      string // from 1
	Chosen string
}

// slots are n selects, the first of which have values already.
func slots(n int, chosen []string) []slot {
	out := make([]slot, n)
	for i := range out {
		out[i].N = strconv.Itoa(i + 1)
		if i < len(chosen) {
			out[i].Chosen = chosen[i]
		}
	}
	return out
}

func serveExplore(v *visit) error {
	ask, err := v.exploreAsk()
	if err != nil {
		return err
	}
	x, err := v.site.Figures.Explore(v.ctx(), v.lang, ask)
	body := explorePage{Exploration: x, Units: units, Slots: slots(v1.MaxBy, ask.By)}
	status := http.StatusOK
	if err != nil {
		if body.Problem = problemOf(v.print, ask.Query, err); body.Problem == nil || x == nil {
			return err
		}
		status = ierr.KindOf(err).HTTP()
	}
	p := page{Section: "figures", Title: v.print.T("web.explore.title", nil), Quick: true, NoIndex: len(v.r.URL.RawQuery) > 0}
	if x.Count != nil {
		p.Sample = x.Count.Sample
		body.Shown = x.Rows[:min(len(x.Rows), shownCounts)]
		body.Cut = len(x.Rows) - len(body.Shown)
		if len(x.Heads) > 0 {
			body.Across = x.Count.Dimensions[len(x.Count.Dimensions)-1].Label
		}
		for _, f := range figureForms {
			body.Files = append(body.Files, option{Label: f.label, URL: exploreURL(v.lang, "/table."+f.ending, ask)})
		}
	}
	p.Body = body
	return v.render(status, "explore", p)
}

// serveExploreFile answers with counts as a file.
func serveExploreFile(form file) func(*visit) error {
	return func(v *visit) error {
		ask, err := v.exploreAsk()
		if err != nil {
			return err
		}
		x, err := v.site.Figures.Explore(v.ctx(), v.lang, ask)
		if err != nil {
			return err
		}
		name := "counts"
		if x.Count.Sample {
			name = "sample-" + name
		}
		d := &download{visit: v, form: form, name: name}
		if v.r.Method == http.MethodHead {
			d.head()
			return nil
		}
		return v.site.Figures.WriteCounts(d, v.lang, form.format, x)
	}
}
