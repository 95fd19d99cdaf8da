package classify

import (
	"strings"
	"unicode/utf8"

	"onewindow/internal/date"
	"onewindow/internal/region"
)

// Region tells where an address lies: the finest unit of the pack that it names,
// region.Elsewhere outside the province, the pack's Other where only the
// province is named, region.Unknown where nothing says.
//
// postcode, country (ST.3) and stated (the region in words or as a code, where a
// source gives it apart) may be empty. A unit abolished before the day on is
// answered with its successor of that day; without a day, with that of now.
func (c *Classifier) Region(address, postcode, country, stated string, on date.Date) Evidence {
	g := c.places
	address = strings.TrimSpace(address[:min(len(address), maxAddress)])
	if postcode == "" {
		postcode = gluedPostcode(address)
	}
	if foreign(country) {
		return Evidence{Code: region.Elsewhere, Rule: ruleCountry, Confidence: sureFull, Match: country, Note: country}
	}
	said := g.stated(stated, postcode, on)
	e := g.told(address, postcode, on)
	switch {
	case said.Code == region.Unknown:
	case e.Code == region.Unknown, e.Code == g.pack.Other() && said.Code != region.Elsewhere:
		e = said
	case g.contradicts(said.Code, e.Code):
		e.Confidence *= contradicted
		e.Note = NoteStated
	}
	return g.weighPostcode(e, postcode)
}

// foreign reports whether a code of ST.3 is a country other than China. Taiwan,
// Hong Kong and Macao have codes of their own and lie outside every pack.
func foreign(country string) bool {
	return len(country) == 2 && country != "CN"
}

// gluedPostcode returns the six digits that an address begins with, if exactly six.
func gluedPostcode(address string) string {
	n := 0
	for n < len(address) && address[n] >= '0' && address[n] <= '9' {
		n++
	}
	if n == 6 {
		return address[:6]
	}
	return ""
}

// told returns what an address alone says, in whichever script.
func (g *gazetteer) told(address, postcode string, on date.Date) Evidence {
	if address == "" {
		return nowhere()
	}
	for _, r := range address {
		if r >= 0x2E80 {
			r := g.read(address, postcode, on)
			return g.decide(&r, address, on)
		}
	}
	folded := foldLatin(address)
	r := g.readLatin(folded, postcode, on)
	return g.decide(&r, folded, on)
}

func nowhere() Evidence { return Evidence{Code: region.Unknown, Rule: ruleNone} }

// decide turns a reading into evidence: a county before a zone, a zone before a
// town, a town before the city.
func (g *gazetteer) decide(r *reading, s string, on date.Date) Evidence {
	e := Evidence{Match: s[r.start:r.end]}
	switch {
	case r.abroad != nil:
		return Evidence{Code: region.Elsewhere, Rule: ruleForeign, Confidence: sureFull, Match: e.Match, Note: r.abroad.code}
	case r.outside != nil:
		e.Code, e.Rule, e.Confidence, e.Note = region.Elsewhere, ruleOutside, sureFull, r.outside.code
	case r.county != nil:
		e.Code, e.Rule, e.Confidence = r.county.code, ruleCounty, sureFull
		if r.late {
			e.Confidence *= lateMatch
		}
	case r.zone != nil && r.zone.level > region.CityLevel:
		e.Code, e.Rule, e.Confidence = r.zone.code, ruleZone, sureZone
	case r.town != nil:
		e.Code, e.Rule, e.Confidence = r.town.code, ruleTown, sureTown
	case r.city != nil:
		e.Code, e.Rule, e.Confidence = r.city.Code, ruleCity, sureFull
		if r.late {
			e.Confidence *= lateMatch
		}
	case r.province != nil:
		e.Code, e.Rule, e.Confidence = g.pack.Other(), ruleProvince, sureProvince
	default:
		e = nowhere()
		if r.ambiguous {
			e.Note = NoteAmbiguous
		}
		return e
	}
	if r.shortest == short {
		e.Confidence = min(e.Confidence, sureShort)
	}
	if r.crossed {
		e.Confidence, e.Note = e.Confidence*contradicted, NoteCrossed
	}
	if now := g.pack.Current(e.Code, on); now != e.Code {
		e.Code, e.Note = now, NoteAbolished
	}
	return e
}

// stated reads a region given apart: a code of GB/T 2260 with two, four or six
// digits, or names as an address has them.
func (g *gazetteer) stated(s, postcode string, on date.Date) Evidence {
	s = strings.TrimSpace(s[:min(len(s), maxAddress)])
	if s == "" {
		return nowhere()
	}
	e := nowhere()
	if code := leadingDigits(s); code != "" {
		e = g.coded(code, on)
	} else {
		e = g.told(s, postcode, on)
	}
	if e.Code != region.Unknown {
		e.Rule, e.Confidence = ruleStated, min(e.Confidence, sureStated)
	}
	return e
}

// leadingDigits returns two, four or six digits padded to six, else "".
func leadingDigits(s string) string {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	if n != len(s) || n != 2 && n != 4 && n != 6 {
		return ""
	}
	return s + "000000"[n:]
}

// coded returns where a code of GB/T 2260 lies; a county that the pack has not
// is given to its city.
func (g *gazetteer) coded(code string, on date.Date) Evidence {
	e := Evidence{Rule: ruleStated, Confidence: sureStated, Match: code}
	switch u := g.pack.Unit(code); {
	case code[:2] != g.pack.Code()[:2]:
		e.Code, e.Note = region.Elsewhere, code
	case u != nil && u.Kind != region.Province:
		e.Code = g.pack.Current(code, on)
	case g.cities[code[:4]] != nil:
		e.Code = g.cities[code[:4]].Code
	default:
		e.Code = g.pack.Other()
	}
	return e
}

// contradicts reports whether two codes lie in different cities, or one of them
// outside the province.
func (g *gazetteer) contradicts(a, b string) bool {
	ca, cb := g.pack.City(a), g.pack.City(b)
	if ca == "" || cb == "" {
		return (a == region.Elsewhere) != (b == region.Elsewhere)
	}
	return ca != cb
}

// weighPostcode lets the postcode answer where nothing else does, and lowers the
// confidence where it contradicts.
func (g *gazetteer) weighPostcode(e Evidence, postcode string) Evidence {
	unit, province := g.postcode(postcode)
	if unit == nil && province == "" {
		return e
	}
	own := province == "" || province == g.pack.Code()
	switch e.Code {
	case region.Unknown:
		if !own {
			return Evidence{Code: region.Elsewhere, Rule: rulePostcode, Confidence: surePostcode, Match: postcode, Note: province}
		}
		if unit == nil {
			return Evidence{Code: g.pack.Other(), Rule: rulePostcode, Confidence: surePostcode, Match: postcode, Note: e.Note}
		}
		return Evidence{Code: unit.Code, Rule: rulePostcode, Confidence: surePostcode, Match: postcode, Note: e.Note}
	case g.pack.Other():
		if own && unit != nil {
			return Evidence{Code: unit.Code, Rule: rulePostcode, Confidence: surePostcode, Match: postcode}
		}
		return e
	case region.Elsewhere:
		if e.Rule == ruleOutside && unit != nil {
			e.Confidence *= contradicted
		}
		return e
	}
	if !own || unit != nil && g.contradicts(unit.Code, e.Code) {
		e.Confidence *= contradicted
		if e.Note == "" {
			e.Note = NotePostcode
		}
	}
	return e
}

// registered returns where a unified social credit code (GB 32100) was given
// out, by its digits 3 to 8.
func (g *gazetteer) registered(ident string, on date.Date) Evidence {
	if !isCreditCode(ident) {
		return nowhere()
	}
	e := g.coded(ident[2:8], on)
	e.Rule, e.Confidence = ruleIdent, sureIdent
	return e
}

// clip cuts s to n bytes at a character's boundary.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
