package indicator

import (
	"slices"
	"strconv"
	"strings"

	"onewindow/internal/ierr"
)

// The views that say more in their name: what stands behind the sort, with a hyphen
// between them.
const (
	CAGR          View = "cagr" // cagr-2015: growth a year since the same period of 2015, in percent
	HHI           View = "hhi"  // hhi-type, hhi-rows: concentration over the parts of a dimension, or over the reporting units
	CR            View = "cr"   // cr4-rows: share of the four greatest, in percent
	Quotient      View = "lq"   // location quotient of a part: its share in a region over its share in the whole region
	rowsDimension      = "rows"
)

// maxGreatest is how many of the greatest parts can be added up.
const maxGreatest = 50

// Sort returns the view without what its name says more.
func (v View) Sort() View {
	sort, _, _ := strings.Cut(string(v), "-")
	switch {
	case sort == string(CAGR), sort == string(HHI):
		return View(sort)
	case strings.HasPrefix(sort, string(CR)) && len(sort) > len(CR):
		return CR
	}
	return v
}

// Since returns the year that compound growth is counted from; 0 of other views.
func (v View) Since() int {
	year, ok := strings.CutPrefix(string(v), string(CAGR)+"-")
	p, err := ParsePeriod(year)
	if !ok || err != nil || p.Part != 0 {
		return 0
	}
	return int(p.Year)
}

// Over returns the dimension that a concentration is of, or rows for the reporting
// units; empty of other views.
func (v View) Over() string {
	if sort := v.Sort(); sort != HHI && sort != CR {
		return ""
	}
	_, over, _ := strings.Cut(string(v), "-")
	return over
}

// Greatest returns how many of the greatest parts a concentration adds up; 0 of other
// views.
func (v View) Greatest() int {
	if v.Sort() != CR {
		return 0
	}
	n, _, _ := strings.Cut(strings.TrimPrefix(string(v), string(CR)), "-")
	k, err := strconv.Atoi(n)
	if err != nil || k < 1 || k > maxGreatest || n[0] == '0' {
		return 0
	}
	return k
}

// Known tells whether there is such a view: of which dimensions there are nothing is
// said.
func (v View) Known() bool {
	switch v.Sort() {
	case CAGR:
		return v.Since() > 0
	case HHI:
		return v.Over() != ""
	case CR:
		return v.Over() != "" && v.Greatest() > 0
	case Quotient:
		return true
	}
	return slices.Contains(Views, v)
}

// ViewName says in words what a view is, empty of the level. Without a definition,
// dimensions have no names but their ids.
func (s *Set) ViewName(d *Definition, v View, say Say) string {
	if v == Level {
		return ""
	}
	return say.T("indicator.view."+string(v.Sort()), s.viewArgs(d, v, say))
}

// Method says in words how a derived view is computed, empty of the level and of what is
// only reported.
func (s *Set) Method(d *Definition, v View, say Say) string {
	if v == Level || v == NationalRank || !v.Known() {
		return ""
	}
	return say.T("indicator.method."+string(v.Sort()), s.viewArgs(d, v, say))
}

// viewArgs is what the name of a view says besides its sort.
func (s *Set) viewArgs(d *Definition, v View, say Say) ierr.Args {
	args := ierr.Args{}
	switch v.Sort() {
	case CAGR:
		args["year"] = strconv.Itoa(v.Since())
	case HHI, CR:
		args["over"] = s.dimensionName(d, v.Over(), say)
		if n := v.Greatest(); n > 0 {
			args["n"] = n
		}
	}
	return args
}

func (s *Set) dimensionName(d *Definition, over string, say Say) string {
	if d == nil {
		return over
	}
	if over == rowsDimension {
		if sc := s.Schemes[d.Rows]; sc != nil {
			return InLang(sc.Names, say.Lang())
		}
	} else if m := d.Dimension(over); m != nil {
		return InLang(s.Codelists[m.Codelist].Names, say.Lang())
	}
	return over
}
