package classify

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"onewindow/internal/date"
	"onewindow/internal/region"
)

// foldLatin makes spellings in Latin letters equal: small letters without
// accents, apostrophes left out, every other sign a space, one space between
// words.
func foldLatin(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for _, r := range norm.NFD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r), r == '\'', r == '’', r == '`':
		case unicode.IsLetter(r), unicode.IsDigit(r):
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			b.WriteRune(unicode.ToLower(r))
		default:
			gap = true
		}
	}
	return b.String()
}

// What makes a street, or a body, of a place's name in English.
var latinStreets = [...]string{
	"road", "rd", "street", "st", "avenue", "ave", "lane", "boulevard", "blvd", "lu", "jie", "dong", "xi", "nan", "bei", "zhong", "dadao",
	"east road", "west road", "south road", "north road", "middle road", "central road", "east", "west", "south", "north", "middle",
	"university", "hospital", "technology", "company", "co",
}

// readLatin takes in a folded address in Latin letters, which goes from the
// narrow to the wide: the last name of each level counts.
func (g *gazetteer) readLatin(s, post string, on date.Date) reading {
	var r reading
	var found []hit
	for p := 0; p < len(s); {
		end := g.latinAt(s, p)
		if end.end > p && !latinStreet(s[end.end:]) {
			end.start = p
			found = append(found, end)
			p = end.end
		}
		for p < len(s) && s[p] != ' ' {
			p++
		}
		p++
	}
	g.latinCountry(found, &r)
	if r.abroad != nil {
		return r
	}
	for _, level := range [...]region.Level{region.ProvinceLevel, region.CityLevel, region.CountyLevel} {
		for i := len(found) - 1; i >= 0; i-- {
			if m := g.latinLevel(found[i].values, level, post, on, &r); m != nil {
				g.take(m, found[i].start, found[i].end, &r)
				break
			}
		}
		if r.outside != nil {
			return r
		}
	}
	return r
}

// hit is a name found in a text and its meanings.
type hit struct {
	start, end int
	values     []int32
}

// latinAt returns the longest name of whole words at p.
func (g *gazetteer) latinAt(s string, p int) hit {
	var h hit
	n := int32(0)
	for i := p; i < len(s); i++ {
		if n = g.latin.step(n, s[i]); n < 0 {
			break
		}
		if v := g.latin.at(n); len(v) > 0 && (i+1 == len(s) || s[i+1] == ' ') {
			h = hit{p, i + 1, v}
		}
	}
	return h
}

// latinCountry takes a foreign country if the last name in the address is one.
func (g *gazetteer) latinCountry(found []hit, r *reading) {
	if len(found) == 0 {
		return
	}
	last := found[len(found)-1]
	for _, v := range last.values {
		if m := &g.places[v]; m.form == country {
			g.take(m, last.start, last.end, r)
		}
	}
}

// latinLevel returns the one meaning of a level that fits what has been read.
func (g *gazetteer) latinLevel(values []int32, level region.Level, post string, on date.Date, r *reading) *place {
	var one []int32
	for _, v := range values {
		if m := &g.places[v]; m.level == level && m.form != country {
			one = append(one, v)
		}
	}
	if len(one) == 0 {
		return nil
	}
	m, ambiguous := g.choose(one, "", post, on, r, true)
	r.ambiguous = r.ambiguous || ambiguous
	return m
}

func latinStreet(rest string) bool {
	rest = strings.TrimPrefix(rest, " ")
	for _, w := range latinStreets {
		if strings.HasPrefix(rest, w) && (len(rest) == len(w) || rest[len(w)] == ' ') {
			return true
		}
	}
	return false
}
