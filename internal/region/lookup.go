package region

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"onewindow/internal/ierr"
)

// maxName bounds what is looked up as a name, in bytes.
const maxName = 200

// lookup finds codes by names in any language.
type lookup struct {
	byName map[string][]string // folded name
	names  []string            // folded, sorted, for suggestions
	shown  map[string]string   // folded name as it is written
}

func newLookup(p *Pack) lookup {
	l := lookup{byName: map[string][]string{}, shown: map[string]string{}}
	add := func(code string, names ...string) {
		for _, name := range names {
			key := fold(name)
			if key == "" || slices.Contains(l.byName[key], code) {
				continue
			}
			if l.byName[key] == nil {
				l.names = append(l.names, key)
				l.shown[key] = name
			}
			l.byName[key] = append(l.byName[key], code)
		}
	}
	for _, u := range p.units {
		add(u.Code, u.Code)
		add(u.Code, u.spellings()...)
	}
	addNamed := func(code string, names map[string]string, aliases []string) {
		add(code, code)
		for _, name := range names {
			add(code, name)
		}
		add(code, aliases...)
	}
	for _, g := range p.groups {
		addNamed(g.Code, g.Names, g.Aliases)
	}
	addNamed(p.other.Code, p.other.Names, nil)
	for _, s := range p.specials {
		addNamed(s.Code, s.Names, s.Aliases)
	}
	slices.Sort(l.names)
	for _, codes := range l.byName {
		slices.SortFunc(codes, func(a, b string) int {
			return cmp.Or(cmp.Compare(p.rank(a), p.rank(b)), cmp.Compare(a, b))
		})
	}
	return l
}

// rank orders what one name may mean: units in force before abolished ones, and
// among these the wider unit first.
func (p *Pack) rank(code string) int {
	u := p.byCode[code]
	switch {
	case u == nil:
		return 0
	case u.ValidTo != 0:
		return 10
	}
	return int(u.Level())
}

// fold makes spellings of one name equal: letters without case, and neither
// spaces nor punctuation.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// Resolve returns what a name or code in any language means: "苏州", "Suzhou",
// "320500", "苏南", "elsewhere". Where it means several units of one level
// (鼓楼区) it returns them all; where a city and a county share it, the city.
// A name that means nothing is an ierr of kind NotFound with the nearest names.
func (p *Pack) Resolve(name string) ([]string, error) {
	if len(name) <= maxName {
		if codes := p.lookup.byName[fold(name)]; len(codes) > 0 {
			end := 1
			for end < len(codes) && p.rank(codes[end]) == p.rank(codes[0]) {
				end++
			}
			return slices.Clone(codes[:end]), nil
		}
	}
	if near := p.Suggest(name); len(near) > 0 {
		return nil, ierr.New(ierr.NotFound, "region.unit_unknown",
			ierr.Args{"name": clip(name), "nearest": strings.Join(near, ", "), "pack": p.id})
	}
	return nil, ierr.New(ierr.NotFound, "region.unit_none", ierr.Args{"name": clip(name), "pack": p.id})
}

// suggestions is how many nearest names are offered.
const suggestions = 3

// Suggest returns the names nearest to what was written, the nearest first.
func (p *Pack) Suggest(name string) []string {
	want := fold(name[:min(len(name), maxName)])
	if want == "" {
		return nil
	}
	type near struct {
		key  string
		dist int
	}
	var best []near
	limit := 1 + utf8.RuneCountInString(want)/3
	for _, key := range p.lookup.names {
		d := distance(want, key, limit)
		if strings.HasPrefix(key, want) || strings.HasPrefix(want, key) {
			d = min(d, 1)
		}
		if d <= limit {
			best = append(best, near{key, d})
		}
	}
	slices.SortStableFunc(best, func(a, b near) int { return cmp.Compare(a.dist, b.dist) })
	var shown []string
	seen := map[string]bool{}
	for _, n := range best {
		code := p.lookup.byName[n.key][0]
		if seen[code] {
			continue
		}
		seen[code] = true
		if shown = append(shown, p.lookup.shown[n.key]); len(shown) == suggestions {
			break
		}
	}
	return shown
}

// distance is the number of characters to add, drop or change to turn a into b,
// and limit+1 when it is more than limit.
func distance(a, b string, limit int) int {
	x, y := []rune(a), []rune(b)
	if len(x)-len(y) > limit || len(y)-len(x) > limit {
		return limit + 1
	}
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i, r := range x {
		diagonal := row[0]
		row[0] = i + 1
		for j, s := range y {
			change := diagonal
			if r != s {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(y)]
}

func clip(s string) string {
	if len(s) <= 60 {
		return s
	}
	n := 60
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n] + "…"
}
