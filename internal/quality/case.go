package quality

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"onewindow/internal/classify"
	"onewindow/internal/party"
	"onewindow/internal/register"
)

// Case is one doubt with its evidence.
type Case struct {
	ID     string
	Kind   Kind
	Load   int64
	Format string
	Detail string // flag; field and part

	View    *register.View      // nil of rejects and parties
	From    *register.Statement // that bears the doubt, nil of rejects and parties
	Told    classify.Evidence   // region and holder type: what the rules say
	Flag    *register.Flag      // value
	Raw     string              // value: what stood there
	Dispute *register.Dispute   // conflict
	Reject  *register.RejectRow
	File    *register.File // of the reject
	Pair    *party.Pair

	Alike     int // cases of its group, itself among them
	AlikeOpen int
	Ruling    *register.Ruling // that settles it, nil while it is open
	Choices   []Choice         // the likeliest first
}

// Choice is one way to settle a case.
type Choice struct {
	Act   string
	Value string // class, or statement or format that is believed; "" where a person gives it, or none is needed
	Field string // of a correction
	Like  bool   // it can be decided for all like cases
	Says  string // conflict: what the choice says
	Told  *classify.Evidence
}

// The acts on pairs of parties.
const (
	ActMerge  = string(party.ActMerge)
	ActDiffer = string(party.ActDiffer)
)

// Show returns a case with its evidence. Errors: Invalid, and NotFound.
func (d *Desk) Show(ctx context.Context, id string) (*Case, error) {
	n, err := parseName(id)
	if err != nil {
		return nil, err
	}
	if n.kind == Party {
		return d.pair(n)
	}
	c, err := d.entry(ctx, n)
	if err != nil {
		return nil, err
	}
	if n.kind == Reject {
		return c, d.rejected(ctx, c, n)
	}
	if c.View, err = d.config.Register.ByID(ctx, n.number, register.AsOf{}); err != nil {
		return nil, err
	}
	d.fill(c)
	return c, nil
}

// fill adds what follows from the view of a right.
func (d *Desk) fill(c *Case) {
	switch c.Kind {
	case Region, HolderType:
		d.class(c)
	case Value:
		d.value(c)
	case Conflict:
		d.conflict(c)
	}
}

// Of returns the case of a group whose right is read already, without what was
// decided.
func (d *Desk) Of(v *register.View, g *Group) *Case {
	c := &Case{ID: g.Case, Kind: g.Kind, Load: g.Load, Format: g.Format, Detail: g.Detail, View: v}
	d.fill(c)
	return c
}

// entry returns what the desk itself knows of a case.
func (d *Desk) entry(ctx context.Context, n name) (*Case, error) {
	x, leave, err := d.view(ctx, n.kind)
	if err != nil {
		return nil, err
	}
	defer leave()
	g, l := x.find(n)
	if g == nil {
		return nil, unknown(n.String())
	}
	like := d.like(g)
	row := d.group(x, g, l, like)
	c := &Case{ID: row.Case, Kind: g.Kind, Load: row.Load, Format: row.Format, Detail: row.Detail, Alike: len(g.Entries), AlikeOpen: row.Open}
	if row.Ruling != 0 {
		r, err := d.config.Register.Ruling(row.Ruling)
		if err != nil {
			return nil, err
		}
		c.Ruling = &r
	}
	return c, nil
}

func (d *Desk) rejected(ctx context.Context, c *Case, n name) error {
	ordinal, err := strconv.ParseInt(n.detail, 10, 64)
	if err != nil {
		return unknown(n.String())
	}
	c.Reject, c.File, err = d.config.Register.Reject(ctx, n.number, ordinal)
	c.Choices = []Choice{{Act: string(register.Dismiss), Like: true}, {Act: string(register.Return), Like: true}}
	return err
}

// class adds what tells a region or a holder type, and which ones may be meant.
func (d *Desk) class(c *Case) {
	told, _ := d.told(c.View)
	c.Told = told.Region
	if c.Kind == HolderType {
		c.Told = told.HolderType
	}
	if p := c.View.Principal(); p != nil {
		c.From = c.View.Source(p.From)
	} else {
		c.From = c.View.Source(0)
	}
	add := func(e classify.Evidence) {
		if e.Code != "" && e.Rule != "region.none" && !slices.ContainsFunc(c.Choices, func(o Choice) bool { return o.Value == e.Code }) {
			c.Choices = append(c.Choices, Choice{Act: string(register.Assign), Value: e.Code, Like: true, Told: &e})
		}
	}
	if c.Kind == HolderType {
		if c.Told.Code != classify.Unclassified {
			add(c.Told)
		}
		for _, code := range classify.HolderTypes {
			if code != classify.Unclassified {
				add(classify.Evidence{Code: code})
			}
		}
		return
	}
	add(c.Told)
	if p := c.View.Principal(); p != nil {
		add(d.config.Classifier.Region("", p.Postcode, p.Country, "", 0))
		add(d.config.Classifier.Region("", "", p.Country, p.Region, 0))
	}
	for i := range c.View.Statements {
		add(d.config.Classifier.Document(c.View.Statements[i].Doc).Region)
	}
	c.Choices = append(c.Choices, Choice{Act: string(register.Assign), Like: true})
}

// value adds the flag of a damaged value.
func (d *Desk) value(c *Case) {
	c.Flag = &register.Flag{}
	for i := range c.View.Flags {
		if f := &c.View.Flags[i]; f.Code == c.Detail {
			c.Flag, c.From, c.Raw = f, c.View.Source(f.From), rawOf(c.View, f)
			break
		}
	}
	c.Choices = []Choice{{Act: string(register.Accept), Like: true}}
	first := likelyField(c.Detail)
	for _, field := range register.CorrectFields {
		if field == first {
			c.Choices = append([]Choice{{Act: string(register.Correct), Field: field}}, c.Choices...)
		} else {
			c.Choices = append(c.Choices, Choice{Act: string(register.Correct), Field: field})
		}
	}
}

// likelyField returns the field that a flag speaks of, "" where that is not one
// that can be corrected.
func likelyField(flag string) string {
	what, _, _ := strings.Cut(flag, ".")
	switch what {
	case "application_number":
		return "application"
	case "postcode", "address", "title":
		return what
	case "owner", "name":
		return "holder"
	case "date":
		return "filed"
	}
	return ""
}

// conflict adds the dispute of a case: what it is now, or what was settled.
func (d *Desk) conflict(c *Case) {
	for _, dispute := range slices.Concat(c.View.Disputed, c.View.Settled) {
		if disputeDetail(&dispute) == c.Detail {
			c.Dispute = &dispute
			break
		}
	}
	if c.Dispute == nil {
		return
	}
	byFormat := register.FormatsKey(c.Dispute, c.View.Statements) != ""
	for _, v := range c.Dispute.Variants {
		s := c.View.Source(v.From[0])
		value := s.Hash.String()
		if byFormat {
			value = s.File.Format
		}
		c.Choices = append(c.Choices, Choice{Act: string(register.Believe), Value: value, Like: true, Says: v.Text})
	}
	// Which of equal variants stands first must not hang on what is believed.
	slices.SortFunc(c.Choices, func(a, b Choice) int { return cmp.Compare(a.Value, b.Value) })
	c.Choices = append(c.Choices, Choice{Act: string(register.Accept), Like: true})
	c.From = c.View.Source(c.Dispute.Variants[0].From[0])
}
