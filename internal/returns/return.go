package returns

import (
	"crypto/sha256"
	"encoding/hex"
	"time"

	"onewindow/internal/audit"
	"onewindow/internal/date"
	"onewindow/internal/decimal"
	"onewindow/internal/indicator"
)

// Status says how far a return has come.
type Status string

// What becomes of a return.
const (
	Prepared  Status = "prepared"  // signed by who prepared it
	Approved  Status = "approved"  // signed by a second person: it counts
	Withdrawn Status = "withdrawn" // taken back before it was approved
)

// Return is one revision of what a body reports for a period.
type Return struct {
	ID       int64
	Form     string
	Period   indicator.Period
	Revision int       // from 1, by form and period
	CutOff   date.Date // what happened up to that day is in it
	Reason   string    // of a revision after the first
	Source   string    // where the numbers were taken from, where they are transcribed
	Values   []Value
	Note     string
	Status   Status
	Prepared Signature
	Approved Signature
	Number   int64 // place among all approved returns, 0 before

	Withdrawn Withdrawal // of one that was taken back
}

// Withdrawal says who took a return back, when and why.
type Withdrawal struct {
	By     string
	At     time.Time
	Reason string
}

// Value is one number of a return.
type Value struct {
	Ref       indicator.Ref       `json:"figure"` // with its period
	Value     decimal.Number      `json:"value"`
	Places    int                 `json:"places"`
	Qualifier indicator.Qualifier `json:"qualifier,omitempty"`
	Note      string              `json:"note,omitempty"`
	Reason    string              `json:"reason,omitempty"` // why it differs so much from the period before
}

// Signature is who signed what, and when.
type Signature struct {
	By   string
	At   time.Time
	Hash string // of the content, hexadecimal
}

// Hash returns the SHA-256 of what is signed: form, period, revision, cut-off, reason,
// source, note and values in canonical JSON.
func (r *Return) Hash() (string, error) {
	content, err := r.content()
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:]), err
}

func (r *Return) content() ([]byte, error) {
	values := make([]map[string]any, 0, len(r.Values))
	for _, v := range r.Values {
		values = append(values, map[string]any{
			"figure": v.Ref.String(), "value": v.Value.Text(v.Places), "qualifier": string(v.Qualifier), "note": v.Note, "reason": v.Reason,
		})
	}
	return audit.Canonical(map[string]any{
		"form": r.Form, "period": r.Period.String(), "revision": r.Revision, "cut_off": r.CutOff.String(),
		"reason": r.Reason, "source": r.Source, "note": r.Note, "values": values,
	})
}

// Book returns the return's numbers as observations.
func (r *Return) Book(set *indicator.Set) []indicator.Observation {
	out := make([]indicator.Observation, 0, len(r.Values))
	for _, v := range r.Values {
		d := set.Definition(v.Ref.Indicator)
		if d == nil {
			continue
		}
		out = append(out, indicator.Observation{
			Ref: v.Ref, Value: v.Value, Places: v.Places, Qualifier: v.Qualifier, Unit: d.UnitOf(v.Ref.View), Where: r.Form,
		})
	}
	return out
}
