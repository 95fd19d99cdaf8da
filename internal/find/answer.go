package find

import (
	"cmp"
	"context"
	"slices"
	"time"

	"onewindow/internal/cube"
	"onewindow/internal/ierr"
	"onewindow/internal/query"
	"onewindow/internal/register"
	"onewindow/internal/search"
)

// Orders of hits.
const (
	ByRank   = "rank"   // best first; what a query with words gets unless asked otherwise
	ByDate   = "date"   // newest publication first; what a query without words gets
	ByOldest = "oldest" // oldest of the newest publications first
)

// Limits of one request.
const (
	MaxHits  = 1_000  // hits returned at once
	MaxReach = 10_000 // the last hit that can be paged to
	MaxRows  = 50_000 // rows of a table of counts
	MaxBy    = 3      // dimensions of a table of counts
)

// Request asks for rights.
type Request struct {
	Query         string
	Lang          string // of labels and explanations
	Unit          Unit   // Right when empty
	Sort          string // see ByRank
	Offset, Limit int
	Facets        []string // names of dimensions
	AsOf          register.AsOf
	BareHits      bool // leave Hit.View empty
}

// Result is the answer to a Request.
type Result struct {
	Understood
	Total  int64 // exactly
	Sort   string
	Hits   []Hit
	Facets []Facet
	State  int64 // of the register, that the answer rests on
	Behind int64 // commits that the index lags behind the register
	Took   time.Duration
}

// Hit is a right that was found.
type Hit struct {
	Right    int64
	Document string         // of unit publication: "CN109996757A"; "" without a View
	Score    float32        // 0 unless sorted by rank
	View     *register.View // nil when the right is gone since the index was written

	place int // of Document among the right's, from 1; 0 of unit right
}

// Facet counts the hits by one dimension.
type Facet struct {
	Dimension string
	Values    []FacetValue // by count, the greatest first; years newest first
}

// FacetValue is one group of a facet.
type FacetValue struct {
	Code, Label string
	Count       int64
	Clause      string // narrows a query to this group; "" where no clause can
}

// sight is what one request looks at: an index, the rows that belong to it, and
// the time of both, whose state is always named: what is read of the register
// besides belongs to the same state.
type sight struct {
	snap *search.Snapshot
	rows *rows
	plan planner
	q    *query.Query
	at   register.AsOf
}

// look takes a snapshot of the shelf that the request is about. A state that the present
// index stands at is answered by it.
func (f *Finder) look(ctx context.Context, q *query.Query, at register.AsOf) (*sight, func(), error) {
	if at.On == 0 && at.Known != 0 && f.shelf.ready() {
		s, leave, err := f.sight(f.shelf, func() {}, q, at)
		if err != nil || s.at == at {
			return s, leave, err
		}
		leave()
	}
	sh, leave, err := f.shelfAt(ctx, q, at)
	if err != nil {
		return nil, nil, err
	}
	return f.sight(sh, leave, q, at)
}

// sight takes a snapshot of a shelf, which leave gives back.
func (f *Finder) sight(sh *shelf, leave func(), q *query.Query, at register.AsOf) (*sight, func(), error) {
	snap, table, err := sh.snapshots()
	if err != nil {
		leave()
		return nil, nil, err
	}
	n, err := noteOf(snap)
	if err != nil {
		snap.Release()
		leave()
		return nil, nil, err
	}
	at.Known = n.State
	r := &rows{Snapshot: table, lists: f.lists}
	s := &sight{snap: snap, rows: r, plan: planner{rows: r}, q: q, at: at}
	return s, func() { snap.Release(); leave() }, nil
}

// Pinned answers counts from one state, whatever is loaded meanwhile.
type Pinned struct {
	f    *Finder
	snap *search.Snapshot
	rows *rows
	at   register.AsOf
	end  func()
}

// Pin holds what stands at a time; the caller must Release it. Queries with words are
// refused for earlier times.
func (f *Finder) Pin(ctx context.Context, scope Scope, at register.AsOf) (*Pinned, error) {
	if err := scope.check(); err != nil {
		return nil, err
	}
	s, leave, err := f.look(ctx, &query.Query{}, at)
	if err != nil {
		return nil, err
	}
	return &Pinned{f, s.snap, s.rows, s.at, leave}, nil
}

// State returns the state of the register that is held.
func (p *Pinned) State() int64 { return p.at.Known }

// Release ends the holding.
func (p *Pinned) Release() { p.end() }

// Count counts rights that a query finds. The request's AsOf is that of the holding.
func (p *Pinned) Count(ctx context.Context, r CountRequest) (*Table, error) {
	r.Unit = Right
	q, dims, err := p.f.counted(&r)
	if err != nil {
		return nil, err
	}
	out := &Table{Understood: p.f.understood(q, r.Lang), Dimensions: r.By, Unit: r.Unit, State: p.at.Known}
	t := tabler{f: p.f, dims: dims, lang: r.Lang, out: out}
	return out, t.rights(ctx, &sight{snap: p.snap, rows: p.rows, plan: planner{rows: p.rows}, q: q, at: p.at})
}

// Each calls fn with every right that a query finds, in no certain order, and its codes
// by the request's dimensions. codes is used again.
func (p *Pinned) Each(ctx context.Context, r CountRequest, fn func(right int64, codes []string) error) error {
	r.Unit = Right
	q, dims, err := p.f.counted(&r)
	if err != nil {
		return err
	}
	node, err := planner{rows: p.rows}.node(q.Root)
	if err != nil {
		return err
	}
	words, err := p.snap.Bits(ctx, node)
	if err != nil {
		return err
	}
	known := make([]names, len(dims))
	cubes := make([]cube.Dimension, len(dims))
	for i, d := range dims {
		known[i], cubes[i] = newNames(p.f.lists, d, r.Lang), d.of(p.f.lists)
	}
	codes := make([]string, len(dims))
	eachBit(words, func(slot uint32) {
		if err != nil {
			return
		}
		for i, c := range cubes {
			group := p.rows.Value(c.Column, slot)
			if c.Groups != nil {
				group = c.Groups[group]
			}
			codes[i] = known[i].of(group).code
		}
		err = fn(int64(p.rows.Value(colRight, slot)), codes)
	})
	return err
}

// shelfAt returns the shelf that holds what stood at a time. Earlier times have no
// words: an index of words is kept for the present only.
func (f *Finder) shelfAt(ctx context.Context, q *query.Query, at register.AsOf) (*shelf, func(), error) {
	if at == (register.AsOf{}) {
		return f.answering()
	}
	if q.NeedsWords() {
		return nil, nil, unsupported("find.words_past", nil)
	}
	return f.past.get(ctx, f, at)
}

func (f *Finder) begin(scope Scope, src string, unit *Unit) (*query.Query, error) {
	if err := scope.check(); err != nil {
		return nil, err
	}
	return f.understand(src, unit)
}

// understand reads a query and the unit that is asked for.
func (f *Finder) understand(src string, unit *Unit) (*query.Query, error) {
	switch *unit {
	case "":
		*unit = Right
	case Right, Publication:
	default:
		return nil, invalid("find.unit", ierr.Args{"unit": string(*unit)})
	}
	return f.Parse(src)
}

// Search finds rights.
func (f *Finder) Search(ctx context.Context, scope Scope, r Request) (_ *Result, err error) {
	defer func() { f.suspect(err) }()
	start := time.Now()
	q, err := f.begin(scope, r.Query, &r.Unit)
	if err != nil {
		return nil, err
	}
	if err := r.check(q); err != nil {
		return nil, err
	}
	dims, err := dimensionsNamed(r.Facets, r.Unit)
	if err != nil {
		return nil, err
	}
	out := &Result{Understood: f.understood(q, r.Lang), Sort: r.Sort}
	s, leave, err := f.look(ctx, q, r.AsOf)
	if err != nil {
		return nil, err
	}
	defer leave()
	out.State, out.Behind = s.at.Known, f.behind(r.AsOf, s.at.Known)
	if r.Unit == Publication {
		err = f.publications(ctx, s, &r, dims, out)
	} else {
		err = f.rights(ctx, s, &r, dims, out)
	}
	if err != nil {
		return nil, err
	}
	if !r.BareHits {
		if err := f.fillViews(ctx, out.Hits, s.at); err != nil {
			return nil, err
		}
	}
	out.Took = time.Since(start)
	return out, nil
}

func (r *Request) check(q *query.Query) error {
	if r.Offset < 0 || r.Limit < 0 || r.Limit > MaxHits || r.Offset+r.Limit > MaxReach {
		return invalid("find.page", ierr.Args{"hits": MaxHits, "reach": MaxReach})
	}
	switch r.Sort {
	case "":
		r.Sort = ByDate
		if q.NeedsWords() && r.Unit == Right {
			r.Sort = ByRank
		}
	case ByRank:
		if r.Unit == Publication {
			return invalid("find.rank_unit", nil)
		}
	case ByDate, ByOldest:
	default:
		return invalid("find.sort", ierr.Args{"sort": r.Sort})
	}
	return nil
}

// behind returns how many commits the register is ahead of an answer about the
// present.
func (f *Finder) behind(at register.AsOf, state int64) int64 {
	if at.Known != 0 {
		return 0
	}
	return max(0, f.register.State()-state)
}

func (f *Finder) rights(ctx context.Context, s *sight, r *Request, dims []*dimension, out *Result) error {
	node, err := s.plan.node(s.q.Root)
	if err != nil {
		return err
	}
	o := search.Options{Top: r.Limit, Offset: r.Offset}
	switch r.Sort {
	case ByDate:
		o.Sort = newestFirst{s.rows.Snapshot}
	case ByOldest:
		o.Sort = oldestFirst{s.rows.Snapshot}
	}
	var facets *cube.Facets
	if len(dims) > 0 {
		var cd []cube.Dimension
		for _, d := range dims {
			cd = append(cd, d.of(f.lists))
		}
		if facets, err = s.rows.Facets(cd...); err != nil {
			return err
		}
		o.Collectors = append(o.Collectors, shared[*cube.Facets]{facets})
	}
	res, err := s.snap.Search(ctx, node, o)
	if err != nil {
		return err
	}
	out.Total = int64(res.Total)
	for _, h := range res.Hits {
		out.Hits = append(out.Hits, Hit{Right: int64(s.rows.Value(colRight, h.Slot)), Score: h.Score})
	}
	for i, d := range dims {
		out.Facets = append(out.Facets, f.facet(d, facets.Counts(i), r))
	}
	return nil
}

// facet writes counts by group for readers.
func (f *Finder) facet(d *dimension, counts []int64, r *Request) Facet {
	out := Facet{Dimension: d.name}
	for g, n := range counts {
		if n == 0 {
			continue
		}
		code := d.code(f.lists, uint32(g))
		out.Values = append(out.Values, FacetValue{code, d.label(f.lists, uint32(g), r.Lang), n, d.clause(r.Unit, code)})
	}
	slices.SortStableFunc(out.Values, func(a, b FacetValue) int {
		if d.timed {
			return cmp.Compare(b.Code, a.Code)
		}
		return cmp.Compare(b.Count, a.Count)
	})
	return out
}

func (f *Finder) fillViews(ctx context.Context, hits []Hit, at register.AsOf) error {
	ids := make([]int64, len(hits))
	for i := range hits {
		ids[i] = hits[i].Right
	}
	views, err := f.register.ByIDs(ctx, ids, at)
	if err != nil {
		return err
	}
	for i, v := range views {
		if !v.Gone {
			hits[i].View = v
			if n := hits[i].place; n > 0 && n <= len(v.Documents) {
				hits[i].Document = v.Documents[n-1].ID
			}
		}
	}
	return nil
}

// Each calls fn with every right that a request finds, in its order, for exports
// of any size. All come as they were when the call began. Offset, Limit and
// Facets of the request do not count. Before the first one head, if any, hears
// how the request was understood, how many there are and in which state.
func (f *Finder) Each(ctx context.Context, scope Scope, r Request, head func(*Result) error, fn func(*register.View) error) (err error) {
	defer func() { f.suspect(err) }()
	q, err := f.begin(scope, r.Query, &r.Unit)
	if err != nil {
		return err
	}
	r.Offset, r.Limit, r.Unit = 0, 0, Right
	if err := r.check(q); err != nil {
		return err
	}
	s, leave, err := f.look(ctx, q, r.AsOf)
	if err != nil {
		return err
	}
	defer leave()
	ids, err := s.all(ctx, r.Sort)
	if err != nil {
		return err
	}
	if head != nil {
		res := &Result{Understood: f.understood(q, r.Lang), Total: int64(len(ids)), Sort: r.Sort, State: s.at.Known, Behind: f.behind(r.AsOf, s.at.Known)}
		if err := head(res); err != nil {
			return err
		}
	}
	for chunk := range slices.Chunk(ids, 500) {
		views, err := f.register.ByIDs(ctx, chunk, s.at)
		if err != nil {
			return err
		}
		for _, v := range views {
			if v.Gone {
				continue
			}
			if err := fn(v); err != nil {
				return err
			}
		}
	}
	return nil
}

// all returns the ids of every hit: in order of rank as far as the index ranks,
// by day otherwise.
func (s *sight) all(ctx context.Context, sort string) ([]int64, error) {
	node, err := s.plan.node(s.q.Root)
	if err != nil {
		return nil, err
	}
	bits, err := s.snap.Bits(ctx, node)
	if err != nil {
		return nil, err
	}
	var slots []uint32
	if sort == ByRank {
		res, err := s.snap.Search(ctx, node, search.Options{Top: search.MaxTop})
		if err != nil {
			return nil, err
		}
		for _, h := range res.Hits {
			slots = append(slots, h.Slot)
			bits[h.Slot/64] &^= 1 << (h.Slot % 64)
		}
	}
	rest := len(slots)
	eachBit(bits, func(slot uint32) { slots = append(slots, slot) })
	slices.SortStableFunc(slots[rest:], func(a, b uint32) int {
		return inOrder(day(s.rows.Snapshot, a), day(s.rows.Snapshot, b), sort == ByOldest)
	})
	ids := make([]int64, len(slots))
	for i, slot := range slots {
		ids[i] = int64(s.rows.Value(colRight, slot))
	}
	return ids, nil
}
