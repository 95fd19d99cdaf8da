package quality

import (
	"slices"
	"strings"
	"unicode"

	"onewindow/internal/classify"
	"onewindow/internal/register"
)

// found is one doubt of a right.
type found struct {
	kind    Kind
	key     string // of like cases, as rulings name them
	detail  string // tells apart the doubts of one kind of one right
	load    int64  // that brought it
	format  string // of the file that it stands in
	decided int64  // the ruling on this very case, 0 if none
}

// doubtsOf lists what is doubtful of a right. What was ruled of like cases does not
// count: it is looked up when somebody asks. An officer's override leaves no doubt.
func (d *Desk) doubtsOf(v *register.View) []found {
	out := d.values(v)
	out = append(out, d.conflicts(v)...)
	return append(out, d.classes(v)...)
}

// from fills in where a doubt comes from.
func (f found) from(s *register.Statement) found {
	if s != nil {
		f.load, f.format = s.File.Load, s.File.Format
	}
	return f
}

// values lists the flags of a right, each code once, but for repairs.
func (d *Desk) values(v *register.View) []found {
	var out []found
	for i := range v.Flags {
		f := &v.Flags[i]
		if d.config.Repaired(f.Code) || slices.ContainsFunc(out, func(o found) bool { return o.detail == f.Code }) {
			continue
		}
		s := v.Source(f.From)
		out = append(out, found{
			kind: Value, detail: f.Code, key: valueKey(v, f), decided: d.ruled(v, register.DoubtValue, f.Code),
		}.from(s))
	}
	return out
}

// ruled returns the ruling on one case of a right, 0 if there is none.
func (d *Desk) ruled(v *register.View, doubt register.Doubt, detail ...string) int64 {
	for _, number := range v.Keys {
		if r := d.config.Register.Ruled(doubt, register.CaseKey(number, detail...)); r != nil {
			return r.ID
		}
	}
	return 0
}

// valueKey names the values that are damaged alike: the same flag in the same
// column of the same format, with what stood there in the same shape.
func valueKey(v *register.View, f *register.Flag) string {
	format := ""
	if s := v.Source(f.From); s != nil {
		format = s.File.Format
	}
	return strings.Join([]string{f.Code, format, f.Field, shape(rawOf(v, f))}, "|")
}

// rawOf returns what stood where a flag is: of an application number, which the
// record keeps itself, that.
func rawOf(v *register.View, f *register.Flag) string {
	if s := v.Source(f.From); f.Raw == "" && s != nil && strings.HasPrefix(f.Code, "application_number.") {
		return s.Doc.Application.Raw
	}
	return f.Raw
}

// maxShape bounds a shape, in signs.
const maxShape = 24

// shape writes a text with one sign for each run of digits, letters and Han
// characters, so that texts damaged alike are one: "2.0193E+12" is "0.0a+0".
func shape(s string) string {
	var out []rune
	for _, r := range s {
		switch {
		case unicode.IsDigit(r):
			r = '0'
		case unicode.Is(unicode.Han, r):
			r = '汉'
		case unicode.IsLetter(r):
			r = 'a'
		case unicode.IsSpace(r):
			r = ' '
		}
		if n := len(out); n > 0 && out[n-1] == r {
			continue
		}
		if out = append(out, r); len(out) == maxShape {
			break
		}
	}
	return string(out)
}

// conflicts lists the disputed fields of a right, those among them that a ruling
// has settled.
func (d *Desk) conflicts(v *register.View) []found {
	var out []found
	for _, dispute := range slices.Concat(v.Disputed, v.Settled) {
		out = append(out, found{
			kind: Conflict, detail: disputeDetail(&dispute), key: conflictKey(v, &dispute),
			decided: d.ruled(v, register.DoubtConflict, register.ConflictCase(&dispute, v.Statements)...),
		}.from(v.Source(dispute.Variants[0].From[0])))
	}
	return out
}

func disputeDetail(d *register.Dispute) string { return d.Field.String() + ":" + d.Part }

// conflictKey names like conflicts: those of one field between the same formats,
// or, within one format, those between the same rows.
func conflictKey(v *register.View, d *register.Dispute) string {
	if key := register.FormatsKey(d, v.Statements); key != "" {
		return key
	}
	return register.RowsKey(d, v.Statements)
}

// told classifies a right without rulings on it, and returns it so.
func (d *Desk) told(v *register.View) (classify.Result, *register.View) {
	bare := *v
	bare.Overrides = slices.DeleteFunc(slices.Clone(v.Overrides), func(o register.Override) bool { return o.Ruling != 0 })
	return d.config.Classify(&bare), &bare
}

// classes lists region and holder type where they are not told, or not surely. A
// class that depends on a conflict waits for that.
func (d *Desk) classes(v *register.View) []found {
	told, bare := d.told(v)
	var s *register.Statement
	if p := v.Principal(); p != nil {
		s = v.Source(p.From)
	} else if len(v.Statements) > 0 {
		s = &v.Statements[0]
	}
	var out []found
	if bare.Override(string(Region)) == nil && d.config.Doubtful(told.Region) {
		out = append(out, found{kind: Region, key: register.RegionKey(v), decided: d.ruled(v, register.DoubtRegion)}.from(s))
	}
	if bare.Override(string(HolderType)) == nil && d.config.Doubtful(told.HolderType) {
		out = append(out, found{kind: HolderType, key: register.HolderKey(v), decided: d.ruled(v, register.DoubtHolderType)}.from(s))
	}
	return out
}
