package find

import (
	"cmp"
	"container/heap"
	"context"

	"onewindow/internal/date"
	"onewindow/internal/query"
	"onewindow/internal/record"
	"onewindow/internal/search"
)

// papers sees the publications of all rights as one row each, in the order of
// the slots of their rights. What a right says holds for each of its
// publications; day and number are the publication's own.
type papers struct {
	*sight
	ctx   context.Context
	first []uint32 // by slot: its first publication; one more at the end
	slot  []uint32 // by publication
	live  []uint64 // publications of standing rights
}

func newPapers(ctx context.Context, s *sight) (*papers, error) {
	p := &papers{sight: s, ctx: ctx}
	n := int(s.snap.Slots())
	p.first = make([]uint32, n+1)
	for slot := range uint32(n) {
		p.first[slot] = uint32(len(p.slot))
		for range s.rows.Values(colPublished, slot) {
			p.slot = append(p.slot, slot)
		}
	}
	p.first[n] = uint32(len(p.slot))
	var err error
	p.live, err = p.below(search.All{})
	return p, err
}

func (p *papers) empty() []uint64 { return make([]uint64, (len(p.slot)+63)/64) }

// below returns the publications of the rights that n stands for.
func (p *papers) below(n search.Node) ([]uint64, error) {
	rights, err := p.snap.Bits(p.ctx, n)
	if err != nil {
		return nil, err
	}
	out := p.empty()
	eachBit(rights, func(slot uint32) {
		for i := p.first[slot]; i < p.first[slot+1]; i++ {
			out[i/64] |= 1 << (i % 64)
		}
	})
	return out, nil
}

// own tells whether a node asks about something that each publication has for
// itself.
func own(n query.Node) bool {
	found := false
	query.Walk(n, func(n query.Node) bool {
		switch n := n.(type) {
		case query.Between:
			found = found || n.Field == "pd"
		case query.Is:
			found = found || n.Field == "pn"
		}
		return !found
	})
	return found
}

// eval returns the publications that a node stands for.
func (p *papers) eval(n query.Node) ([]uint64, error) {
	if !own(n) {
		node, err := p.plan.node(n)
		if err != nil {
			return nil, err
		}
		return p.below(node)
	}
	switch n := n.(type) {
	case query.And:
		return p.combine(n.Nodes, func(a, b uint64) uint64 { return a & b })
	case query.Or:
		return p.combine(n.Nodes, func(a, b uint64) uint64 { return a | b })
	case query.Not:
		out, err := p.eval(n.Node)
		for i := range out {
			out[i] = p.live[i] &^ out[i]
		}
		return out, err
	case query.Between:
		lo, hi := max(uint32(n.From), 1), last(n.To)
		return p.where(colPublished, func(v uint32) bool { return v >= lo && v <= hi }), nil
	case query.Is:
		return p.numbered(n)
	}
	return nil, unsupported("find.node", nil)
}

func (p *papers) combine(nodes []query.Node, with func(a, b uint64) uint64) ([]uint64, error) {
	out, err := p.eval(nodes[0])
	for _, n := range nodes[1:] {
		if err != nil {
			return nil, err
		}
		var more []uint64
		if more, err = p.eval(n); err == nil {
			for i := range out {
				out[i] = with(out[i], more[i])
			}
		}
	}
	return out, err
}

// where returns the standing publications whose own value fits.
func (p *papers) where(column int, fits func(uint32) bool) []uint64 {
	out := p.empty()
	eachBit(p.live, func(i uint32) {
		if fits(p.value(column, i)) {
			out[i/64] |= 1 << (i % 64)
		}
	})
	return out
}

// value returns a publication's own value in a column of many values.
func (p *papers) value(column int, i uint32) uint32 {
	slot := p.slot[i]
	return p.rows.Values(column, slot)[i-p.first[slot]]
}

// numbered returns the publications with a number, or with one that begins so.
func (p *papers) numbered(n query.Is) ([]uint64, error) {
	node, err := p.plan.node(n)
	if err != nil {
		return nil, err
	}
	out, err := p.below(node)
	if err != nil || n.Match == query.Begins {
		return out, err
	}
	want, err := record.ParsePublication(n.Value)
	if err != nil {
		return p.empty(), nil
	}
	digits, code := hashNumber(want.Office, want.Digits), packCode(want.Code)
	eachBit(out, func(i uint32) {
		if p.value(colNumber, i) != digits || code != 0 && p.value(colPublication, i) != code {
			out[i/64] &^= 1 << (i % 64)
		}
	})
	return out, nil
}

// group returns the group of a publication in a dimension: by its own day for
// years and months, by its right for everything else.
func (p *papers) group(g *grouped, i uint32) uint32 {
	switch g.name {
	case byYear:
		return year(p.day(i))
	case byMonth:
		return monthOf(uint32(p.day(i)))
	case byDoc:
		return p.value(colPublication, i)
	}
	v := p.rows.Value(g.column, p.slot[i])
	if g.groups != nil {
		return g.groups[v]
	}
	return v
}

// grouped is a dimension made ready for counting publications.
type grouped struct {
	*dimension
	column int
	groups []uint32
}

func (p *papers) ready(dims []*dimension) []grouped {
	var out []grouped
	for _, d := range dims {
		cd := d.of(p.rows.lists)
		out = append(out, grouped{d, cd.Column, cd.Groups})
	}
	return out
}

// publications answers a request for documents.
func (f *Finder) publications(ctx context.Context, s *sight, r *Request, dims []*dimension, out *Result) error {
	p, err := newPapers(ctx, s)
	if err != nil {
		return err
	}
	hits, err := p.eval(s.q.Root)
	if err != nil {
		return err
	}
	best := newest{p: p, oldest: r.Sort == ByOldest}
	ready := p.ready(dims)
	counts := make([]map[uint32]int64, len(dims))
	for i := range counts {
		counts[i] = map[uint32]int64{}
	}
	eachBit(hits, func(i uint32) {
		out.Total++
		best.offer(i, r.Offset+r.Limit)
		for k := range ready {
			counts[k][p.group(&ready[k], i)]++
		}
	})
	sorted := best.sorted()
	for _, i := range sorted[min(r.Offset, len(sorted)):] {
		out.Hits = append(out.Hits, Hit{Right: int64(s.rows.Value(colRight, p.slot[i])), place: int(i-p.first[p.slot[i]]) + 1})
	}
	for k, d := range dims {
		out.Facets = append(out.Facets, f.facet(d, dense(counts[k]), r))
	}
	return nil
}

func dense(counts map[uint32]int64) []int64 {
	var out []int64
	for g, n := range counts {
		if int(g) >= len(out) {
			out = append(out, make([]int64, int(g)+1-len(out))...)
		}
		out[g] = n
	}
	return out
}

// newest keeps the publications that stand first in order of days.
type newest struct {
	p      *papers
	oldest bool
	kept   []uint32
}

// Len, Less, Swap, Push and Pop make a heap whose root is the last in order.
func (n *newest) Len() int           { return len(n.kept) }
func (n *newest) Less(a, b int) bool { return n.before(n.kept[b], n.kept[a]) }
func (n *newest) Swap(a, b int)      { n.kept[a], n.kept[b] = n.kept[b], n.kept[a] }
func (n *newest) Push(x any)         { n.kept = append(n.kept, x.(uint32)) }
func (n *newest) Pop() any {
	x := n.kept[len(n.kept)-1]
	n.kept = n.kept[:len(n.kept)-1]
	return x
}

func (n *newest) before(a, b uint32) bool {
	return cmp.Or(inOrder(int32(n.p.day(a)), int32(n.p.day(b)), n.oldest), cmp.Compare(a, b)) < 0
}

func (n *newest) offer(i uint32, limit int) {
	switch {
	case limit == 0:
	case len(n.kept) < limit:
		heap.Push(n, i)
	case n.before(i, n.kept[0]):
		n.kept[0] = i
		heap.Fix(n, 0)
	}
}

func (n *newest) sorted() []uint32 {
	out := make([]uint32, len(n.kept))
	for i := len(out) - 1; i >= 0; i-- {
		out[i] = heap.Pop(n).(uint32)
	}
	return out
}

// day returns the day of a publication.
func (p *papers) day(i uint32) date.Date { return date.Date(p.value(colPublished, i)) }
