package find

import (
	"context"
	"maps"
	"slices"
	"time"

	"onewindow/internal/cube"
	"onewindow/internal/ierr"
	"onewindow/internal/query"
	"onewindow/internal/register"
	"onewindow/internal/search"
)

// CountRequest asks for a table of counts.
type CountRequest struct {
	Query string
	Lang  string   // of labels and explanations
	By    []string // names of up to MaxBy dimensions; none gives the total alone
	Unit  Unit     // Right when empty
	AsOf  register.AsOf
}

// Table is a table of counts. Rows add up to Total, whatever the dimensions.
type Table struct {
	Understood
	Dimensions []string
	Unit       Unit
	Rows       []TableRow // by their codes; times newest first
	Total      int64
	State      int64 // see Result
	Behind     int64
	Took       time.Duration
}

// TableRow is the count of one combination of groups.
type TableRow struct {
	Codes, Labels []string // one a dimension
	Count         int64
}

// Count counts what a query finds.
func (f *Finder) Count(ctx context.Context, scope Scope, r CountRequest) (_ *Table, err error) {
	defer func() { f.suspect(err) }()
	start := time.Now()
	if err := scope.check(); err != nil {
		return nil, err
	}
	q, dims, err := f.counted(&r)
	if err != nil {
		return nil, err
	}
	out := &Table{Understood: f.understood(q, r.Lang), Dimensions: r.By, Unit: r.Unit}
	s, leave, err := f.look(ctx, q, r.AsOf)
	if err != nil {
		return nil, err
	}
	defer leave()
	out.State, out.Behind = s.at.Known, f.behind(r.AsOf, s.at.Known)
	t := tabler{f: f, dims: dims, lang: r.Lang, out: out}
	if r.Unit == Publication {
		err = t.publications(ctx, s)
	} else {
		err = t.rights(ctx, s)
	}
	if err != nil {
		return nil, err
	}
	out.Took = time.Since(start)
	return out, nil
}

// counted reads what is to be counted, and by what.
func (f *Finder) counted(r *CountRequest) (*query.Query, []*dimension, error) {
	q, err := f.understand(r.Query, &r.Unit)
	if err != nil {
		return nil, nil, err
	}
	if len(r.By) > MaxBy {
		return nil, nil, invalid("find.by", ierr.Args{"limit": MaxBy})
	}
	dims, err := dimensionsNamed(r.By, r.Unit)
	if err != nil {
		return nil, nil, err
	}
	for i, d := range dims {
		if slices.Contains(dims[:i], d) {
			return nil, nil, invalid("find.by_twice", ierr.Args{"name": d.name})
		}
	}
	return q, dims, nil
}

// tabler fills a table.
type tabler struct {
	f     *Finder
	dims  []*dimension
	lang  string
	out   *Table
	cells []cell
	over  bool
}

// cell is a count of one combination of groups.
type cell struct {
	groups [MaxBy]uint32
	count  int64
}

// take adds a cell. Cells come in ascending order of their groups.
func (t *tabler) take(groups []uint32, n int64) {
	if len(t.cells) >= MaxRows {
		t.over = true
		return
	}
	c := cell{count: n}
	copy(c.groups[:], groups)
	t.cells = append(t.cells, c)
}

// rows writes the cells for readers: groups are numbered in the order in which
// they are shown, except that times come newest first.
func (t *tabler) rows() error {
	if t.over {
		return ierr.New(ierr.TooLarge, "find.table", ierr.Args{"limit": MaxRows})
	}
	names := make([]names, len(t.dims))
	for i, d := range t.dims {
		names[i] = newNames(t.f.lists, d, t.lang)
	}
	t.out.Rows = make([]TableRow, 0, len(t.cells))
	texts := make([]string, 0, 2*len(t.dims)*len(t.cells))
	t.each(t.cells, 0, func(c *cell) {
		from := len(texts)
		for i := range names {
			texts = append(texts, names[i].of(c.groups[i]).code)
		}
		mid := len(texts)
		for i := range names {
			texts = append(texts, names[i].of(c.groups[i]).label)
		}
		t.out.Rows = append(t.out.Rows, TableRow{Codes: texts[from:mid:mid], Labels: texts[mid:len(texts):len(texts)], Count: c.count})
	})
	return nil
}

// each visits cells, equal in the dimensions before dim, in the order of rows.
func (t *tabler) each(cells []cell, dim int, do func(*cell)) {
	if dim == len(t.dims) {
		for i := range cells {
			do(&cells[i])
		}
		return
	}
	if !t.dims[dim].timed {
		for len(cells) > 0 {
			n := 1
			for n < len(cells) && cells[n].groups[dim] == cells[0].groups[dim] {
				n++
			}
			t.each(cells[:n], dim+1, do)
			cells = cells[n:]
		}
		return
	}
	for len(cells) > 0 {
		n := len(cells) - 1
		for n > 0 && cells[n-1].groups[dim] == cells[len(cells)-1].groups[dim] {
			n--
		}
		t.each(cells[n:], dim+1, do)
		cells = cells[:n]
	}
}

// names are the codes and labels of a dimension's groups, written once each.
type names struct {
	write func(group uint32) name
	known []name // by group
}

type name struct {
	code, label string
	known       bool
}

func newNames(l *lists, d *dimension, lang string) names {
	return names{write: func(g uint32) name { return name{d.code(l, g), d.label(l, g, lang), true} }}
}

func (n *names) of(group uint32) *name {
	for int(group) >= len(n.known) {
		n.known = append(n.known, name{})
	}
	at := &n.known[group]
	if !at.known {
		*at = n.write(group)
	}
	return at
}

func (t *tabler) rights(ctx context.Context, s *sight) error {
	node, err := s.plan.node(s.q.Root)
	if err != nil {
		return err
	}
	var o search.Options
	var counter *cube.Counter
	if len(t.dims) > 0 {
		var cd []cube.Dimension
		for _, d := range t.dims {
			cd = append(cd, d.of(t.f.lists))
		}
		if counter, err = s.rows.Counter(cd...); err != nil {
			return err
		}
		defer counter.Release()
		o.Collectors = append(o.Collectors, shared[*cube.Counter]{counter})
	}
	res, err := s.snap.Search(ctx, node, o)
	if err != nil {
		return err
	}
	t.out.Total = int64(res.Total)
	if counter != nil {
		t.cells = make([]cell, 0, min(counter.Len(), MaxRows))
		counter.Each(t.take)
	}
	return t.rows()
}

func (t *tabler) publications(ctx context.Context, s *sight) error {
	p, err := newPapers(ctx, s)
	if err != nil {
		return err
	}
	hits, err := p.eval(s.q.Root)
	if err != nil {
		return err
	}
	ready := p.ready(t.dims)
	counts := map[[MaxBy]uint32]int64{}
	eachBit(hits, func(i uint32) {
		t.out.Total++
		var key [MaxBy]uint32
		for k := range ready {
			key[k] = p.group(&ready[k], i)
		}
		counts[key]++
	})
	if len(t.dims) > 0 {
		keys := slices.SortedFunc(maps.Keys(counts), func(a, b [MaxBy]uint32) int { return slices.Compare(a[:], b[:]) })
		for _, key := range keys {
			t.take(key[:], counts[key])
		}
	}
	return t.rows()
}
