package find

import (
	"strconv"

	"onewindow/internal/classify"
	"onewindow/internal/record"
	"onewindow/internal/region"
	"onewindow/internal/register"
)

func fieldCode(n int) string { return strconv.Itoa(n) }

// Rules that decide before or instead of the classifier's.
const (
	ruleOverride = "override" // an officer decided
	ruleDisputed = "disputed" // sources of equal standing would give different values
)

// Classify tells where a right is counted: by what its sources say of the
// first-named holder and the main class, by an officer's override where there is
// one. Where sources of equal standing disagree, none wins: the region is the
// unit that holds all that they name, the other values are counted as disputed.
func (l *lists) Classify(v *register.View) classify.Result {
	return l.classify(v, &record.Document{})
}

// classify is Classify with a document of the caller's, whose lists it fills.
func (l *lists) classify(v *register.View, d *record.Document) classify.Result {
	*d = record.Document{Kind: v.Kind, Parties: d.Parties[:0], Classes: d.Classes[:0]}
	if len(v.Documents) > 0 {
		d.Published = v.Documents[0].Published
	}
	if p := v.Principal(); p != nil {
		d.Parties = append(d.Parties, p.Party)
	}
	for i := range v.Parties { // whose names tell persons from bodies
		if v.Parties[i].Role == record.Inventor {
			d.Parties = append(d.Parties, v.Parties[i].Party)
		}
	}
	for i := range v.Classes {
		d.Classes = append(d.Classes, v.Classes[i].Class)
	}
	r := l.classifier.Document(d)
	if len(v.Disputed) > 0 {
		l.settle(v, &r)
	}
	for i := range v.Overrides {
		o := &v.Overrides[i]
		e := classify.Evidence{Code: o.Value, Rule: ruleOverride, Confidence: 1, Note: o.Reason}
		switch o.Field {
		case "region":
			if !o.Like || l.doubtful(r.Region) {
				r.Region = e
			}
		case "holder-type":
			if !o.Like || l.doubtful(r.HolderType) {
				r.HolderType = e
			}
		case "field":
			r.Field = e
		}
	}
	return r
}

// sure is the confidence from which on a region or a holder type is no doubt.
const sure = 0.8

// doubtful tells whether a person should look at a region or a holder type: nothing
// tells it, or not surely. What sources disagree on is settled where they do.
func (l *lists) doubtful(e classify.Evidence) bool {
	if e.Rule == ruleDisputed || e.Rule == ruleOverride {
		return false
	}
	return e.Code == region.Unknown || e.Code == l.pack.Other() || e.Code == classify.Unclassified || e.Confidence < sure
}

// Doubtful tells whether a person should look at a region or a holder type that
// Classify gives: nothing tells it, or not surely. Rulings on like cases decide
// those alone.
func (f *Finder) Doubtful(e classify.Evidence) bool { return f.lists.doubtful(e) }

// settle marks what disputed statements would decide differently.
func (l *lists) settle(v *register.View, r *classify.Result) {
	for i := range v.Disputed {
		d := &v.Disputed[i]
		party := d.Field == register.FieldApplicant || d.Field == register.FieldHolder
		if !party && d.Field != register.FieldIPC {
			continue
		}
		for _, variant := range d.Variants {
			for _, from := range variant.From {
				other := l.classifier.Document(v.Source(from).Doc)
				if party {
					l.settleRegion(&r.Region, other.Region)
					settleCode(&r.HolderType, other.HolderType)
				} else {
					settleCode(&r.Field, other.Field)
				}
			}
		}
	}
}

func settleCode(e *classify.Evidence, other classify.Evidence) {
	if e.Code != other.Code {
		*e = classify.Evidence{Code: disputed, Rule: ruleDisputed}
	}
}

// settleRegion moves up to the least unit that holds both regions.
func (l *lists) settleRegion(e *classify.Evidence, other classify.Evidence) {
	if e.Code == other.Code {
		return
	}
	code := region.Disputed
	for up := e.Code; up != "" && code == region.Disputed; up = l.pack.Parent(up) {
		for down := other.Code; down != ""; down = l.pack.Parent(down) {
			if up == down {
				code = up
				break
			}
		}
	}
	if code == l.pack.Code() {
		code = l.pack.Other()
	}
	*e = classify.Evidence{Code: code, Rule: ruleDisputed}
}
