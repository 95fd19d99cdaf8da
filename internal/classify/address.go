package classify

import (
	"strings"
	"unicode/utf8"

	"onewindow/internal/date"
	"onewindow/internal/region"
)

// The rules by which a region is told, as Evidence names them.
const (
	ruleCountry  = "region.country"  // the source states a foreign country
	ruleForeign  = "region.foreign"  // the address names a foreign country
	ruleOutside  = "region.outside"  // the address names a place outside the province
	ruleCounty   = "region.county"   // the address names a county-level unit
	ruleZone     = "region.zone"     // the address names a zone that belongs to a unit
	ruleTown     = "region.town"     // the address names a town that only one unit of the city has
	ruleCity     = "region.city"     // the address names a city
	ruleProvince = "region.province" // only the province is named
	rulePostcode = "region.postcode" // the address names no city, the postcode does
	ruleStated   = "region.stated"   // the source states the region apart from the address
	ruleIdent    = "region.ident"    // the unified social credit code names where its bearer is registered
	ruleNone     = "region.none"     // nothing says where
)

// How sure each kind of evidence is. doc/classification.md says why.
const (
	sureFull     = 0.99 // a full name in its place
	sureDirect   = 0.98 // a county directly under the province
	sureShort    = 0.93 // a name without its suffix
	sureZone     = 0.88 // a zone that belongs to a unit
	sureTown     = 0.85 // a town
	sureProvince = 0.9
	sureStated   = 0.95
	surePostcode = 0.7
	sureIdent    = 0.6
	lateMatch    = 0.9 // factor: the name stands further back in the address
	contradicted = 0.8 // factor: the postcode or the stated region says otherwise
)

// The notes that evidence may carry.
const (
	NotePostcode  = "postcode_differs" // the postcode belongs to another city
	NoteStated    = "stated_differs"   // the region stated apart is another one
	NoteCrossed   = "city_differs"     // the address names a county and a city that it does not lie in
	NoteAbolished = "abolished"        // the address names a unit that was abolished; Code is its successor
	NoteAmbiguous = "ambiguous"        // the name means several places and nothing tells which
)

// maxAddress bounds what is read of an address, in bytes: the place stands at
// its beginning.
const maxAddress = 600

// reading is what an address has told so far.
type reading struct {
	abroad   *place // a foreign country
	outside  *place // a place of another province
	province *place
	city     *region.Unit
	county   *place
	zone     *place
	town     *place

	start, end int  // the part of the text that decided
	shortest   form // the weakest form used
	late       bool // a name further back was needed
	crossed    bool // the county does not lie in the city named before it
	ambiguous  bool
}

// read takes in an address in Chinese. post breaks ties between places of one name.
func (g *gazetteer) read(s, post string, on date.Date) reading {
	var r reading
	p := g.chain(s, skipHead(s), post, on, &r)
	if r.abroad != nil || r.outside != nil {
		return r
	}
	if r.province == nil && r.city == nil {
		p = g.chainFurther(s, p, post, on, &r)
	}
	if r.abroad == nil && r.outside == nil && r.county == nil && (r.province != nil || r.city != nil) {
		if !g.elsewhereInProvince(s, p, post, on, &r) {
			g.scan(s, p, on, &r)
		}
	}
	return r
}

// chain reads the places that follow each other from p on and returns the end.
func (g *gazetteer) chain(s string, p int, post string, on date.Date, r *reading) int {
	for {
		p = skipGap(s, p)
		m, end := g.longest(s, p, post, on, r, true)
		if m == nil {
			m, end = g.longest(s, g.skipRepeated(s, p, r), post, on, r, true)
		}
		if m == nil {
			return p
		}
		g.take(m, p, end, r)
		if r.abroad != nil || r.outside != nil {
			return end
		}
		p = end
	}
}

// skipRepeated returns the place behind a repeated name of the province or of
// the city that has been read: 无锡市无锡惠山经济开发区.
func (g *gazetteer) skipRepeated(s string, p int, r *reading) int {
	if r.city == nil {
		return p
	}
	for _, u := range [...]*region.Unit{g.pack.Unit(g.pack.Code()), r.city} {
		name := u.Names["zh"]
		if strings.HasPrefix(s[p:], name) {
			p += len(name)
		} else if name = region.Short(name); strings.HasPrefix(s[p:], name) {
			p += len(name)
		}
	}
	return p
}

// take enters a place into what has been read.
func (g *gazetteer) take(m *place, start, end int, r *reading) {
	if r.end == 0 || start < r.start {
		r.start = start
	}
	r.end = max(r.end, end)
	if m.form == short && r.shortest == full {
		r.shortest = short
	}
	switch {
	case m.level == 0:
		r.abroad = m
		return
	case m.unit == nil:
		r.outside = m
		return
	case m.level == region.ProvinceLevel:
		r.province = m
		return
	case m.level == townLevel:
		r.town = m
	case m.level == region.CityLevel:
		r.city = m.unit
	case m.zone || m.form == alias || m.form == local:
		r.zone = m
	default:
		r.county = m
	}
	if r.city == nil {
		r.city = g.cities[m.code[:4]]
	}
}

// longest returns the longest name at p that fits what has been read, and its
// end. A name that means several places, with nothing to tell which, hides the
// shorter names in it.
func (g *gazetteer) longest(s string, p int, post string, on date.Date, r *reading, anchored bool) (*place, int) {
	var best *place
	end := p
	n := int32(0)
	for i := p; i < len(s) && i < p+maxNameBytes; i++ {
		if n = g.han.step(n, s[i]); n < 0 {
			break
		}
		if values := g.han.at(n); len(values) > 0 {
			m, ambiguous := g.choose(values, s[i+1:], post, on, r, anchored)
			if m != nil || ambiguous {
				best, end = m, i+1
			}
			r.ambiguous = r.ambiguous || ambiguous
		}
	}
	return best, end
}

// maxNameBytes is longer than any name of a place.
const maxNameBytes = 96

// choose returns the one meaning of a name that fits what has been read, nil if
// none does, or if several do and nothing tells which.
func (g *gazetteer) choose(values []int32, rest, post string, on date.Date, r *reading, anchored bool) (one *place, ambiguous bool) {
	for _, v := range values {
		m := &g.places[v]
		if !g.fits(m, rest, r, anchored) {
			continue
		}
		switch {
		case one == nil:
			one = m
		case one.code == m.code:
		case one.unit != nil && m.unit != nil && one.city() == m.city() && one.level == m.level:
			one = inForce(one, m, on)
		case one.level > m.level && one.province() == m.province():
			one = m // 吉林 is the province before it is the city
		case one.unit == nil && m.unit == nil && one.level > 0 && m.level > 0:
			// Both lie outside: either will do.
		default:
			if one = g.byPostcode(one, m, post); one == nil {
				return nil, true
			}
		}
	}
	return one, false
}

// inForce returns the one of two units of one name that was in force on the
// day, else the later one.
func inForce(a, b *place, on date.Date) *place {
	av, bv := a.unit.Valid(on), b.unit.Valid(on)
	switch {
	case av != bv && bv:
		return b
	case av == bv && a.unit.ValidTo != 0 && (b.unit.ValidTo == 0 || b.unit.ValidTo > a.unit.ValidTo):
		return b
	}
	return a
}

// byPostcode returns the one of two places that the postcode lies in, nil if it
// lies in both or in none.
func (g *gazetteer) byPostcode(a, b *place, post string) *place {
	unit, province := g.postcode(post)
	in := func(p *place) bool {
		if p.unit != nil && unit != nil && p.level > region.ProvinceLevel {
			return p.code[:4] == unit.Code[:4]
		}
		return province != "" && p.province() == province[:2]
	}
	switch ia, ib := in(a), in(b); {
	case ia && !ib:
		return a
	case ib && !ia:
		return b
	}
	return nil
}

// fits reports whether a place may follow what has been read.
func (g *gazetteer) fits(m *place, rest string, r *reading, anchored bool) bool {
	var level region.Level
	switch {
	case r.town != nil || r.county != nil:
		return false
	case r.zone != nil:
		level = region.CityLevel
	case r.city != nil:
		level = region.CityLevel
	case r.province != nil:
		level = region.ProvinceLevel
	}
	if m.form == alias && r.city != nil && m.unit == r.city {
		return r.zone == nil // a zone of the city, which hides shorter names in its own
	}
	if m.level <= level && (m.level > 0 || level > 0) {
		return false
	}
	if r.province != nil && m.province() != r.province.province() {
		return false
	}
	if r.city != nil && m.city() != r.city.Code[:4] {
		return false
	}
	switch m.form {
	case short:
		return anchored && !isStreet(rest)
	case alias:
		return r.zone == nil
	case local:
		return anchored && r.city != nil && r.zone == nil
	case town:
		return r.city != nil
	case country:
		return anchored && r.province == nil && r.city == nil
	}
	return true
}

// chainFurther looks for a place behind the beginning of an address, where
// the name of a building or a body stands first. Only full names count there.
func (g *gazetteer) chainFurther(s string, p int, post string, on date.Date, r *reading) int {
	for q := next(s, p); q < len(s); q = next(s, q) {
		m, end := g.longest(s, q, post, on, r, false)
		if m == nil || m.form != full || m.level > region.CityLevel {
			continue
		}
		g.take(m, q, end, r)
		r.late = true
		if r.outside != nil {
			return end
		}
		return g.chain(s, end, post, on, r)
	}
	return p
}

// elsewhereInProvince reads a county that stands behind a city which it does not
// belong to, 常州市昆山市. It is believed where the postcode bears it out; the
// city is not, then.
func (g *gazetteer) elsewhereInProvince(s string, p int, post string, on date.Date, r *reading) bool {
	unit, _ := g.postcode(post)
	if r.city == nil || r.zone != nil || r.town != nil || unit == nil || unit.Code[:4] == r.city.Code[:4] {
		return false
	}
	other := reading{city: g.cities[unit.Code[:4]], start: r.start, end: r.end, crossed: true}
	m, end := g.longest(s, skipGap(s, p), post, on, &other, true)
	if m == nil || m.form != full {
		return false
	}
	g.take(m, p, end, &other)
	*r = other
	return true
}

// scan looks behind p for a county, else a zone, else a town of the city.
func (g *gazetteer) scan(s string, p int, on date.Date, r *reading) {
	for q := next(s, p); q < len(s); q = next(s, q) {
		m, end := g.longest(s, q, "", on, r, false)
		if m == nil || r.city == nil && (m.form != full || m.level > region.CityLevel) {
			continue
		}
		if m.form == alias && r.zone != nil || m.form == town && r.zone != nil {
			continue
		}
		known := r.zone != nil || r.town != nil
		g.take(m, q, end, r)
		r.late = true
		if r.county != nil || r.town != nil || known {
			return
		}
		q = end - 1
	}
}

// next returns the beginning of the character after the one at p.
func next(s string, p int) int {
	for p++; p < len(s) && !utf8.RuneStart(s[p]); p++ {
	}
	return p
}

// skipHead returns where an address begins: behind the postcode that some
// sources glue to it, and behind the name of China.
func skipHead(s string) int {
	p := 0
	for p < len(s) && (s[p] >= '0' && s[p] <= '9' || s[p] == ' ') {
		p++
	}
	for _, china := range [...]string{"中华人民共和国", "中国"} {
		if strings.HasPrefix(s[p:], china) {
			p += len(china)
			break
		}
	}
	return p
}

// gaps stand between places and name none.
var gaps = [...]string{" ", "　", ",", "，", ";", "；", ".", "、", "（", "）", "(", ")", "市辖区", "省直辖县级行政区划", "自由贸易试验区", "自贸试验区"}

func skipGap(s string, p int) int {
	for again := true; again; {
		again = false
		for _, gap := range gaps {
			if strings.HasPrefix(s[p:], gap) {
				p += len(gap)
				again = true
			}
		}
	}
	return p
}

// What makes a street of a place's name: 南京路, 北京东路, 江宁大道.
var (
	streetSides = [...]string{"东", "西", "南", "北", "中", "前", "后", "一", "二", "三"}
	streetKinds = [...]string{"路", "街", "道", "巷", "弄", "大道", "大街", "胡同", "里弄", "支路", "环路", "公路"}
)

// isStreet reports whether what follows a place's name makes a street of it.
func isStreet(rest string) bool {
	for _, side := range streetSides {
		if strings.HasPrefix(rest, side) {
			if hasAny(rest[len(side):], streetKinds[:]) {
				return true
			}
			break
		}
	}
	return hasAny(rest, streetKinds[:])
}

func hasAny(s string, prefixes []string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}
