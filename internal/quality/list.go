package quality

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"onewindow/internal/ierr"
	"onewindow/internal/register"
)

// Filter chooses among doubts. Fields that are empty do not count.
type Filter struct {
	Load    int64
	Format  string
	Field   string // of conflicts
	Flag    string // of values
	Decided bool   // what was decided, in place of what is open
}

// MaxPage is the greatest number of groups or cases of one answer.
const MaxPage = 200

// Count counts the cases of one kind.
type Count struct {
	Kind          Kind
	Open, Decided int
	Groups        int // of open ones that are alike
}

// Part counts the open cases of one load or format.
type Part struct {
	Load   int64
	Format string
	Open   map[Kind]int
}

// Summary is what the desk holds.
type Summary struct {
	Kinds   []Count
	Loads   []Part // by id
	Formats []Part // by name
}

// Group is like doubts, with the case that stands for them.
type Group struct {
	Case          string
	Kind          Kind
	Open, Decided int
	Right         int64 // of the case; 0 where it has none
	Load          int64
	Format        string
	Detail        string
	Ruling        int64 // on like cases, or on the case, 0 for none

	line line
}

// view is the doubts as one question sees them. It holds the lock of the desk.
func (d *Desk) view(ctx context.Context, kind Kind) (x *index, leave func(), err error) {
	if kind == Reject {
		x, err = d.readRejects(ctx)
		return x, func() {}, err
	}
	d.mu.RLock()
	return &d.doubts, d.mu.RUnlock, nil
}

// like returns the ruling on all cases of a group, 0 if there is none.
func (d *Desk) like(g *group) int64 {
	if r := d.config.Register.Ruled(register.Doubt(g.Kind), g.Key); r != nil && r.Like {
		return r.ID
	}
	return 0
}

// Summary counts all doubts.
func (d *Desk) Summary(ctx context.Context) (*Summary, error) {
	out := &Summary{}
	c := counter{loads: map[uint32]*Part{}, formats: map[string]*Part{}}
	for _, kind := range Kinds {
		if kind == Party {
			n, err := d.countParties()
			if err != nil {
				return nil, err
			}
			out.Kinds = append(out.Kinds, n)
			continue
		}
		x, leave, err := d.view(ctx, kind)
		if err != nil {
			return nil, err
		}
		n := Count{Kind: kind}
		for _, g := range x.Groups {
			if g.Kind == kind {
				d.count(&n, x, g, &c)
			}
		}
		leave()
		out.Kinds = append(out.Kinds, n)
	}
	out.Loads, out.Formats = c.parts()
	return out, nil
}

// counter counts open cases by load and by format.
type counter struct {
	loads   map[uint32]*Part
	formats map[string]*Part
}

func (c *counter) parts() (loads, formats []Part) {
	for _, p := range c.loads {
		loads = append(loads, *p)
	}
	for _, p := range c.formats {
		formats = append(formats, *p)
	}
	slices.SortFunc(loads, func(a, b Part) int { return cmp.Compare(a.Load, b.Load) })
	slices.SortFunc(formats, func(a, b Part) int { return strings.Compare(a.Format, b.Format) })
	return loads, formats
}

// count adds a group.
func (d *Desk) count(n *Count, x *index, g *group, c *counter) {
	if d.like(g) != 0 {
		n.Decided += len(g.Entries)
		return
	}
	n.Decided += g.Decided
	open := len(g.Entries) - g.Decided
	if open == 0 {
		return
	}
	n.Open += open
	n.Groups++
	for i := range g.Entries {
		l := &g.Entries[i]
		if l.Decided != 0 {
			continue
		}
		p := c.loads[l.Load]
		if p == nil {
			p = &Part{Load: int64(l.Load), Open: map[Kind]int{}}
			c.loads[l.Load] = p
		}
		p.Open[g.Kind]++
		format := x.Names[l.Format]
		q := c.formats[format]
		if q == nil {
			q = &Part{Format: format, Open: map[Kind]int{}}
			c.formats[format] = q
		}
		q.Open[g.Kind]++
	}
}

// fits tells whether a filter lets an entry through, like being the ruling on its
// group.
func (f *Filter) fits(x *index, kind Kind, l *line, like int64) bool {
	detail := func() string { return x.Names[l.Detail] }
	field := func() string { s, _, _ := strings.Cut(detail(), ":"); return s }
	return f.Decided == (like != 0 || l.Decided != 0) &&
		(f.Load == 0 || int64(l.Load) == f.Load) &&
		(f.Format == "" || x.Names[l.Format] == f.Format) &&
		(f.Flag == "" || kind == Value && detail() == f.Flag) &&
		(f.Field == "" || kind == Conflict && field() == f.Field)
}

// List returns groups of like doubts, those on which most hangs first, how many
// groups there are, and how many cases. Error: Invalid for a page out of bounds or
// a kind that there is not.
func (d *Desk) List(ctx context.Context, kind Kind, f Filter, limit, offset int) (list []Group, groups, cases int, err error) {
	if limit < 0 || limit > MaxPage || offset < 0 {
		return nil, 0, 0, ierr.New(ierr.Invalid, "quality.page", ierr.Args{"limit": MaxPage})
	}
	if !slices.Contains(Kinds, kind) || kind == Party {
		return nil, 0, 0, ierr.New(ierr.Invalid, "quality.kind", ierr.Args{"kind": string(kind)})
	}
	x, leave, err := d.view(ctx, kind)
	if err != nil {
		return nil, 0, 0, err
	}
	defer leave()
	type weighed struct {
		g    *group
		n    int
		like int64
	}
	var all []weighed
	plain := f == Filter{}
	for _, g := range x.Groups {
		if g.Kind != kind || len(g.Entries) == 0 {
			continue
		}
		w := weighed{g: g, like: d.like(g)}
		switch {
		case plain && w.like != 0:
		case plain:
			w.n = len(g.Entries) - g.Decided
		default:
			for i := range g.Entries {
				if f.fits(x, kind, &g.Entries[i], w.like) {
					w.n++
				}
			}
		}
		if w.n > 0 {
			all = append(all, w)
			cases += w.n
		}
	}
	slices.SortFunc(all, func(a, b weighed) int {
		return cmp.Or(cmp.Compare(b.n, a.n), cmp.Compare(a.g.Entries[0].Right, b.g.Entries[0].Right), strings.Compare(a.g.Key, b.g.Key))
	})
	for _, w := range all[min(offset, len(all)):min(offset+limit, len(all))] {
		for i := range w.g.Entries {
			if l := &w.g.Entries[i]; f.fits(x, kind, l, w.like) {
				list = append(list, d.group(x, w.g, l, w.like))
				break
			}
		}
	}
	return list, len(all), cases, nil
}

// group describes a group by one of its entries.
func (d *Desk) group(x *index, g *group, l *line, like int64) Group {
	out := Group{Kind: g.Kind, Load: int64(l.Load), Format: x.Names[l.Format], Ruling: cmp.Or(l.Decided, like), line: *l}
	n := name{kind: g.Kind, number: int64(l.Right)}
	if g.Kind == Reject {
		n.detail = strconv.FormatUint(uint64(l.Detail), 10)
	} else {
		n.detail, out.Right = x.Names[l.Detail], int64(l.Right)
	}
	out.Case, out.Detail = n.String(), n.detail
	if out.Decided = g.Decided; like != 0 {
		out.Decided = len(g.Entries)
	}
	out.Open = len(g.Entries) - out.Decided
	return out
}

// Alike returns the cases of the group of a case, itself among them, by right, and how many there
// are. Errors: Invalid, and NotFound for a case that there is not.
func (d *Desk) Alike(ctx context.Context, id string, open bool, limit, offset int) (list []Group, total int, err error) {
	n, err := parseName(id)
	if err != nil {
		return nil, 0, err
	}
	if limit < 0 || limit > MaxPage || offset < 0 {
		return nil, 0, ierr.New(ierr.Invalid, "quality.page", ierr.Args{"limit": MaxPage})
	}
	x, leave, err := d.view(ctx, n.kind)
	if err != nil {
		return nil, 0, err
	}
	defer leave()
	g, _ := x.find(n)
	if g == nil {
		return nil, 0, unknown(id)
	}
	like := d.like(g)
	for i := range g.Entries {
		l := &g.Entries[i]
		if open && (like != 0 || l.Decided != 0) {
			continue
		}
		if total >= offset && len(list) < limit {
			list = append(list, d.group(x, g, l, like))
		}
		total++
	}
	return list, total, nil
}

// find returns the group and the entry of a case, nil if there is none.
func (x *index) find(n name) (*group, *line) {
	if n.kind == Reject {
		for _, g := range x.Groups {
			if l := g.entry(x, n); l != nil {
				return g, l
			}
		}
		return nil, nil
	}
	for _, i := range x.Of[uint32(n.number)] {
		if g := x.Groups[i]; g.Kind == n.kind {
			if l := g.entry(x, n); l != nil {
				return g, l
			}
		}
	}
	return nil, nil
}

// entry returns the entry of a case in a group, nil if there is none.
func (g *group) entry(x *index, n name) *line {
	from, to := g.span(uint32(n.number))
	for i := from; i < to; i++ {
		l := &g.Entries[i]
		if n.kind == Reject && strconv.FormatUint(uint64(l.Detail), 10) == n.detail || n.kind != Reject && x.Names[l.Detail] == n.detail {
			return l
		}
	}
	return nil
}

func unknown(id string) error {
	return ierr.New(ierr.NotFound, "quality.unknown", ierr.Args{"case": clip(id, 60)})
}
