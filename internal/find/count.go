package find

import (
	"cmp"
	"context"
	"slices"
	"time"

	"onewindow/internal/cube"
	"onewindow/internal/ierr"
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
func (f *Finder) Count(ctx context.Context, scope Scope, r CountRequest) (*Table, error) {
	start := time.Now()
	q, err := f.begin(scope, r.Query, &r.Unit)
	if err != nil {
		return nil, err
	}
	if len(r.By) > MaxBy {
		return nil, invalid("find.by", ierr.Args{"limit": MaxBy})
	}
	dims, err := dimensionsNamed(r.By, r.Unit)
	if err != nil {
		return nil, err
	}
	for i, d := range dims {
		if slices.Contains(dims[:i], d) {
			return nil, invalid("find.by_twice", ierr.Args{"name": d.name})
		}
	}
	out := &Table{Understood: f.understood(q, r.Lang), Dimensions: r.By, Unit: r.Unit}
	out.State, out.Behind = f.stateOf(r.AsOf)
	s, leave, err := f.look(ctx, q, r.AsOf)
	if err != nil {
		return nil, err
	}
	defer leave()
	t := tabler{f: f, dims: dims, lang: r.Lang, out: out}
	if r.Unit == Publication {
		err = t.publications(ctx, s)
	} else {
		err = t.rights(ctx, s)
	}
	if err != nil {
		return nil, err
	}
	t.order()
	out.Took = time.Since(start)
	return out, nil
}

// tabler fills a table.
type tabler struct {
	f    *Finder
	dims []*dimension
	lang string
	out  *Table
	over bool
}

func (t *tabler) row(groups []uint32, n int64) {
	if len(t.out.Rows) >= MaxRows {
		t.over = true
		return
	}
	row := TableRow{Codes: make([]string, len(groups)), Labels: make([]string, len(groups)), Count: n}
	for i, g := range groups {
		row.Codes[i] = t.dims[i].code(t.f.lists, g)
		row.Labels[i] = t.dims[i].label(t.f.lists, g, t.lang)
	}
	t.out.Rows = append(t.out.Rows, row)
}

func (t *tabler) end() error {
	if t.over {
		return ierr.New(ierr.TooLarge, "find.table", ierr.Args{"limit": MaxRows})
	}
	return nil
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
		o.Collectors = append(o.Collectors, counter)
	}
	res, err := s.snap.Search(ctx, node, o)
	if err != nil {
		return err
	}
	t.out.Total = int64(res.Total)
	if counter != nil {
		counter.Each(t.row)
	}
	return t.end()
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
		for key, n := range counts {
			t.row(key[:len(t.dims)], n)
		}
	}
	return t.end()
}

// order sorts rows by their codes as places in their lists, times newest first.
func (t *tabler) order() {
	slices.SortFunc(t.out.Rows, func(a, b TableRow) int {
		for i, d := range t.dims {
			if c := d.compare(t.f.lists, a.Codes[i], b.Codes[i]); c != 0 {
				return c
			}
		}
		return 0
	})
}

// compare orders two codes of a dimension.
func (d *dimension) compare(l *lists, a, b string) int {
	if d.timed {
		return cmp.Compare(b, a)
	}
	if list, _ := l.named(d.field); list != nil {
		return cmp.Compare(list.at(a), list.at(b))
	}
	return cmp.Compare(a, b)
}
