package indicator

import (
	"crypto/sha256"
	"encoding/hex"

	"onewindow/internal/audit"
	"onewindow/internal/date"
	"onewindow/internal/decimal"
)

// Origin says where a figure's number comes from.
type Origin string

// The origins.
const (
	FromRegister Origin = "register" // counted from records
	FromReturn   Origin = "return"   // reported by a body
	FromPack     Origin = "pack"     // of the region's own data
	Derived      Origin = "derived"  // computed from other figures
)

// Figure is a number that says what it means and what it rests on, or why there is
// none. Missing is never zero.
type Figure struct {
	Ref       Ref             `json:"figure"`
	Value     *decimal.Number `json:"value"`  // exact; nil where there is none
	Places    int             `json:"places"` // decimal places that it is published with
	Qualifier Qualifier       `json:"qualifier,omitempty"`
	Unit      string          `json:"unit"`
	Absent    *Reason         `json:"absent,omitempty"` // why there is no number

	Definition string    `json:"definition"` // SHA-256 of the definition, the first 16 digits
	Origin     Origin    `json:"origin,omitempty"`
	Reported   bool      `json:"reported,omitempty"` // a derived number that is taken as reported, since its base is not there
	Vintage    date.Date `json:"vintage,omitzero"`   // the day that the denominator is of
	State      int64     `json:"state"`              // of the register
	Approval   int64     `json:"approval"`           // of the returns: see returns.Desk.Number
	Query      string    `json:"query,omitempty"`    // what was counted, in the query language
	On         date.Date `json:"on,omitzero"`        // the day as of which it was counted
	Covered    []int64   `json:"covered,omitempty"`  // the declarations by which that count is complete
	Return     int64     `json:"return,omitempty"`   // the return that it is from
	Source     string    `json:"source,omitempty"`   // where that return, or the pack, took it from
	Inputs     []*Figure `json:"inputs,omitempty"`   // what it was derived from
	Sample     bool      `json:"sample,omitempty"`   // it rests on invented records
}

// Reason says why there is no number, as a message: figure.absent.<Code>, or in the
// words of the definition.
type Reason struct {
	Code string            `json:"code"`
	Args map[string]any    `json:"args,omitempty"`
	Text map[string]string `json:"text,omitempty"` // by language, where the definition says it
}

// Published returns the number rounded half away from zero to its places, ok false
// where there is none.
func (f *Figure) Published() (n decimal.Number, ok bool) {
	if f.Value == nil {
		return decimal.Number{}, false
	}
	return f.Value.Round(f.Places), true
}

// Hash returns the first 16 hexadecimal digits of the SHA-256 of what a definition
// says, names and explanations included, in canonical JSON.
func (d *Definition) Hash() string {
	content, err := audit.Canonical(d)
	if err != nil {
		// A definition holds nothing that JSON cannot hold.
		panic(err)
	}
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:8])
}
