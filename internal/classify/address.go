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
	late       bool
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
		g.scan(s, p, on, &r)
	}
	return r
}

// chain reads the places that follow each other from p on and returns the end.
func (g *gazetteer) chain(s string, p int, post string, on date.Date, r *reading) int {
	for {
		p = skipGap(s, p)
		m, end := g.longest(s, p, post, on, r, true)
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

// take enters a place into what has been read.
func (g *gazetteer) take(m *place, start, end int, r *reading) {
	if r.end == 0 {
		r.start = start
	}
	r.end = end
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
// end. A name of several meanings gives one of them only if something tells which.
func (g *gazetteer) longest(s string, p int, post string, on date.Date, r *reading, anchored bool) (*place, int) {
	var best *place
	end := p
	n := int32(0)
	for i := p; i < len(s) && i < p+maxNameBytes; i++ {
		if n = g.han.step(n, s[i]); n < 0 {
			break
		}
		if values := g.han.at(n); len(values) > 0 {
			if m := g.choose(values, s[i+1:], post, on, r, anchored); m != nil {
				best, end = m, i+1
			}
		}
	}
	return best, end
}

// maxNameBytes is longer than any name of a place.
const maxNameBytes = 96

// choose returns the one meaning of a name that fits, nil if none or several do.
func (g *gazetteer) choose(values []int32, rest, post string, on date.Date, r *reading, anchored bool) *place {
	var found *place
	several := false
	for _, v := range values {
		m := &g.places[v]
		if !g.fits(m, rest, r, anchored) {
			continue
		}
		switch {
		case found == nil:
			found = m
		case found.code == m.code:
		case found.unit != nil && m.unit != nil && found.city() == m.city() && found.level == m.level:
			found = inForce(found, m, on)
		case found.level > m.level && found.province() == m.province():
			found = m // 吉林 is the province before it is the city
		case found.unit == nil && m.unit == nil && found.level > 0 && m.level > 0:
			// both outside: either will do
		default:
			several = true
			found = g.byPostcode(found, m, post)
			if found == nil {
				r.ambiguous = true
				return nil
			}
		}
	}
	if several {
		r.ambiguous = false
	}
	return found
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

// gaps stand between places.
var gaps = [...]string{" ", "　", ",", "，", ";", "；", ".", "、", "市辖区", "省直辖县级行政区划"}

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
