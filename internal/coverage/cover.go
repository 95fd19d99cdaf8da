// Package coverage knows what of the world the register holds all of: what sources and
// deliveries are declared to cover, and whether a count over a part of the register is
// a figure or only a count of what happens to be loaded.
package coverage

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"onewindow/internal/date"
	"onewindow/internal/ierr"
	"onewindow/internal/record"
	"onewindow/internal/region"
	"onewindow/internal/supply"
)

// Happening is what a declaration covers of the life of rights.
type Happening string

// The happenings.
const (
	Filings      Happening = "filings"      // applications, by day of filing
	Publications Happening = "publications" // every publication, grants included, by its day
	Grants       Happening = "grants"       // grants and registrations alone, by day of publication
	LegalStatus  Happening = "legal_status" // lapses, invalidations and whatever else ends or restores a right
	Annuities    Happening = "annuities"    // fees that were paid
	Transfers    Happening = "transfers"
	Licences     Happening = "licences"
	Pledges      Happening = "pledges"
)

// Happenings lists every happening.
var Happenings = []Happening{Filings, Publications, Grants, LegalStatus, Annuities, Transfers, Licences, Pledges}

// Rights are the names under which several kinds are declared together.
var Rights = map[string][]record.Kind{
	"patent":          {record.Invention, record.UtilityModel, record.Design},
	"trademark_right": {record.Trademark, record.Madrid},
	"copyright":       {record.Work, record.Software, record.Agreement},
}

// Cover is what a declaration says.
type Cover struct {
	Kinds      []record.Kind `json:"kinds,omitempty"`   // none: those of the source
	Offices    []string      `json:"offices,omitempty"` // none: those of the source
	Happenings []Happening   `json:"happenings"`
	Regions    []string      `json:"regions,omitempty"` // codes of the region pack, with all below them; none: everywhere
	From       date.Date     `json:"from,omitempty"`    // first day covered, open when zero
	To         date.Date     `json:"to,omitempty"`      // last day covered, open when zero
	Complete   bool          `json:"complete"`          // false says openly that something is missing
	Unread     int64         `json:"unread,omitempty"`  // entries that could not be read, which the declarer knows of and finds too few to matter
}

// maxListed bounds the lists of a declaration.
const maxListed = 500

// Parse reads a cover as JSON, as people write it: names of Rights may stand among the
// kinds. It is held to the source that it is about and to the region served.
func Parse(text []byte, s *supply.Source, pack *region.Pack) (Cover, error) {
	var c Cover
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&c); err != nil {
		return c, ierr.Wrap(err, ierr.Invalid, "coverage.unreadable", ierr.Args{"reason": err.Error()})
	}
	return c.Settled(s, pack)
}

// Settled checks a cover and fills in what it leaves to the source.
func (c Cover) Settled(s *supply.Source, pack *region.Pack) (Cover, error) {
	wrong := func(what, value string, known []string) error {
		return ierr.New(ierr.Invalid, "coverage."+what, ierr.Args{"value": value, "known": strings.Join(known, ", ")})
	}
	if max(len(c.Kinds), len(c.Offices), len(c.Happenings), len(c.Regions)) > maxListed {
		return c, ierr.New(ierr.TooLarge, "coverage.long", ierr.Args{"limit": maxListed})
	}
	var kinds []record.Kind
	for _, k := range c.Kinds {
		of, ok := Rights[string(k)]
		if !ok {
			of = []record.Kind{k}
		}
		for _, k := range of {
			if !slices.Contains(s.Kinds, k) {
				return c, wrong("kind", string(k), texts(s.Kinds))
			}
			kinds = append(kinds, k)
		}
	}
	if c.Kinds = kinds; len(kinds) == 0 {
		c.Kinds = slices.Clone(s.Kinds)
	}
	for _, o := range c.Offices {
		if !slices.Contains(s.Offices, o) && !slices.Contains(s.Offices, supply.Everywhere) {
			return c, wrong("office", o, s.Offices)
		}
	}
	if len(c.Offices) == 0 {
		c.Offices = slices.Clone(s.Offices)
	}
	if len(c.Happenings) == 0 {
		return c, wrong("happening", "", texts(Happenings))
	}
	for _, h := range c.Happenings {
		if !slices.Contains(Happenings, h) {
			return c, wrong("happening", string(h), texts(Happenings))
		}
	}
	for _, r := range c.Regions {
		if pack.Unit(r) == nil {
			return c, wrong("region", r, []string{pack.Code()})
		}
	}
	if c.From != 0 && c.To != 0 && c.From > c.To {
		return c, ierr.New(ierr.Invalid, "coverage.dates", ierr.Args{"from": c.From.String(), "to": c.To.String()})
	}
	if c.Unread < 0 {
		return c, ierr.New(ierr.Invalid, "coverage.unread", nil)
	}
	return c, nil
}

// Text writes a cover as the register keeps it.
func (c Cover) Text() string {
	b, _ := json.Marshal(c) // strings and numbers: it cannot fail
	return string(b)
}

func texts[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = string(v)
	}
	return out
}
