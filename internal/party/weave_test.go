package party

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"onewindow/defs"
	"onewindow/internal/classify"
	"onewindow/internal/date"
	"onewindow/internal/record"
	"onewindow/internal/region"
	"onewindow/internal/register"
)

// TestWeavingOnEqualsWeavingFromNothing lets rights come, change and go at random,
// weaves on after each step, with what is known written to a file and read back now
// and then, and decides at random: edges, parties and why they are joined must be
// those of a table that sees what stands alone, in another order.
func TestWeavingOnEqualsWeavingFromNothing(t *testing.T) {
	namer := newNamer(t)
	seeds := uint64(8)
	if testing.Short() {
		seeds = 3
	}
	for seed := range seeds {
		rng := rand.New(rand.NewPCG(seed, 11))
		standing := map[int64]*register.View{}
		on, edges := newTable(namer), woven{}
		var decisions []Decision
		for step := range 40 {
			on.take(chance(rng, standing, step == 0))
			if rng.IntN(3) == 0 {
				on, edges = throughFile(t, namer, on, &edges)
			}
			edges.weave(on)
			got := resolve(on, &edges, decisions)
			anew := newTable(namer)
			anew.take(shuffled(rng, standing))
			from := wovenWhole(anew)
			want := resolve(anew, &from, decisions)
			if d := cmp.Diff(written(want), written(got)); d != "" {
				t.Fatalf("seed %d, step %d (-from nothing +woven on):\n%s", seed, step, d)
			}
			decisions = append(decisions, decided(rng, got))
		}
	}
}

// wovenWhole finds the edges of every unit of a table.
func wovenWhole(t *table) woven {
	s := newStale(t)
	for sort, n := range [unitSorts]int{len(t.wordings), len(t.nodes), len(t.moves.list), t.groups.len(), 0, t.sites.len()} {
		for i := range n {
			s.units[sort].add(uint32(i))
		}
	}
	for n := range t.nodes {
		if t.sort(uint32(n)) == nodeName {
			s.units[unitBracket].add(uint32(n))
		}
	}
	var e woven
	e.again(s)
	return e
}

func newNamer(t testing.TB) *Namer {
	t.Helper()
	pack, err := region.Load(defs.FS, "jiangsu")
	if err != nil {
		t.Fatal(err)
	}
	classifier, err := classify.New(pack, defs.FS)
	if err != nil {
		t.Fatal(err)
	}
	namer, err := NewNamer(defs.FS, pack, classifier)
	if err != nil {
		t.Fatal(err)
	}
	return namer
}

// TestTheMostUsedOfTooManyAddressesCount holds near to the wordings that are looked
// at of a name with too many: which they are can change by counts alone.
func TestTheMostUsedOfTooManyAddressesCount(t *testing.T) {
	on, edges := newTable(newNamer(t)), woven{}
	take := func(id int64, name string, number int) {
		p := record.Party{Role: record.Holder, Address: fmt.Sprintf("江苏省苏州市昆山市示范路%d号", number), Names: []record.Text{{Lang: "zh", Text: name}}}
		d := &record.Document{Office: "CN", Kind: record.Invention, Parties: []record.Party{p}}
		on.take(register.Commit{State: 1, Views: []*register.View{{ID: id, Kind: record.Invention, Statements: []register.Statement{{Doc: d}}}}})
	}
	for i := range 2 * maxWordings {
		take(int64(10+i), "昆山示范有限公司", 100+i/2)
	}
	const last = 999
	take(1, "昆山示范有限公司", last)
	take(2, "昆山示范有限责任公司", last)
	near := func() string {
		edges.weave(on)
		return nearnessNames[edges.edges[0].near]
	}
	if got := near(); got != nearnessNames[sameCity] {
		t.Errorf("the address that one right gives counts: near is %q", got)
	}
	take(3, "昆山示范有限公司", last)
	take(4, "昆山示范有限公司", last)
	if got := near(); got != nearnessNames[sameAddress] {
		t.Errorf("the address that most rights give does not count: near is %q", got)
	}
}

// chance lets some rights come, change or go: many at first, then a few or many.
func chance(rng *rand.Rand, standing map[int64]*register.View, first bool) register.Commit {
	const rights = 900
	n := 1 + rng.IntN(4)
	if first || rng.IntN(8) == 0 {
		n = 600
	}
	c := register.Commit{State: 1}
	seen := map[int64]bool{}
	for range n {
		id := int64(1 + rng.IntN(rights))
		if seen[id] {
			continue
		}
		seen[id] = true
		if _, ok := standing[id]; ok && rng.IntN(2) == 0 {
			delete(standing, id)
			c.Gone = append(c.Gone, id)
			continue
		}
		standing[id] = byChance(rng, id)
		c.Views = append(c.Views, standing[id])
	}
	return c
}

func shuffled(rng *rand.Rand, standing map[int64]*register.View) register.Commit {
	c := register.Commit{State: 1}
	for id := range int64(1000) {
		if v := standing[id]; v != nil {
			c.Views = append(c.Views, v)
		}
	}
	rng.Shuffle(len(c.Views), func(i, j int) { c.Views[i], c.Views[j] = c.Views[j], c.Views[i] })
	return c
}

// byChance makes a right whose holders have names that are alike: so many forms of
// one name, places of another, names at one address and places of one person that
// every limit is passed now and then.
func byChance(rng *rand.Rand, id int64) *register.View {
	d := &record.Document{Office: "CN", Kind: record.Invention, Published: date.Of(2019, 1+rng.IntN(12), 9)}
	for range 1 + rng.IntN(5)/3 {
		d.Parties = append(d.Parties, heldByChance(rng, record.Holder))
	}
	if rng.IntN(6) == 0 {
		code := []string{record.EventChanged, record.EventTransfer}[rng.IntN(2)]
		d.Events = []record.Event{{Date: d.Published, Code: code, Parties: []record.Party{heldByChance(rng, record.Former), heldByChance(rng, record.Holder)}}}
	}
	return &register.View{ID: id, Kind: record.Invention, Statements: []register.Statement{{Doc: d}}}
}

func heldByChance(rng *rand.Rand, role record.Role) record.Party {
	pick := func(list ...string) string { return list[rng.IntN(len(list))] }
	switch rng.IntN(4) {
	case 0: // too many forms of a name
		return record.Party{Role: role, Address: "江苏省苏州市昆山市样例路9号", Names: []record.Text{{Lang: "zh", Text: pick("昆山市", "昆山", "江苏省昆山市", "江苏昆山", "苏州昆山", "苏州市昆山市") + "样例戊" + pick("", "有限公司", "有限责任公司", "股份有限公司")}}}
	case 1, 2: // one of a few, so that counts change and nothing else
		rng = rand.New(rand.NewPCG(uint64(rng.IntN(60)), 3))
	}
	city := pick("江苏省苏州市昆山市", "江苏省苏州市虎丘区", "江苏省南京市玄武区", "江苏省无锡市江阴市")
	p := record.Party{Role: role, Address: fmt.Sprintf("%s样例路%d号", city, rng.IntN(3)), Country: "CN"}
	zh := func(s string) { p.Names = append(p.Names, record.Text{Lang: "zh", Text: s}) }
	switch rng.IntN(6) {
	case 0: // many names at one address
		p.Address = city + "样例大厦1号"
		zh(fmt.Sprintf("昆山%c%c样例有限公司", '一'+rune(rng.IntN(90)), '丁'+rune(rng.IntN(3))))
	case 1, 2:
		zh("李样" + pick("甲", "乙", "丙") + pick("", "", "子"))
		p.Postcode = pick("", "215300", "210018")
		if rng.IntN(3) == 0 {
			p.Address = fmt.Sprintf("%s示范路%d号", pick("广东省深圳市", "浙江省杭州市", "四川省成都市", "湖北省武汉市"), rng.IntN(5))
			p.Postcode = fmt.Sprintf("%d0000", 10+rng.IntN(60))
		}
	default: // many forms of a name
		zh(pick("", "江苏省", "江苏", "昆山市", "昆山", "苏州市", "苏州", "江苏省苏州市") + "样例" + pick("甲", "乙", "丙丁") + pick("", "有限公司", "有限责任公司", "股份有限公司") + pick("", "", "(苏州)"))
		if rng.IntN(3) == 0 {
			p.Names = append(p.Names, record.Text{Lang: "en", Text: "Sample " + pick("A", "B", "C") + pick("", " Co., Ltd.", " Inc.")})
		}
		if rng.IntN(3) == 0 {
			p.Ident = pick("91350100M000100Y43", "")
		}
	}
	if rng.IntN(20) == 0 {
		p.Names = []record.Text{{Lang: "en", Text: "SAMPLE " + pick("A", "B", "D") + " COMPANY LIMITED"}}
	}
	return p
}

// throughFile writes what is known and reads it back.
func throughFile(t *testing.T, namer *Namer, from *table, edges *woven) (*table, woven) {
	t.Helper()
	var b bytes.Buffer
	w := newWriter(&b)
	from.write(w)
	edges.write(w)
	if err := w.end(); err != nil {
		t.Fatal(err)
	}
	to, out := newTable(namer), woven{}
	r := newReader(&b, int64(b.Len()))
	to.read(r)
	out.read(r)
	if err := r.end(); err != nil {
		t.Fatal(err)
	}
	to.restore()
	out.ranks()
	return to, out
}

// decided makes a decision by chance on names that stand.
func decided(rng *rand.Rand, r *resolution) Decision {
	d := Decision{Act: []Act{ActMerge, ActSplit, ActDiffer}[rng.IntN(3)]}
	for range 1 + rng.IntN(3) {
		d.A = append(d.A, r.t.key(uint32(rng.IntN(len(r.t.nodes)))))
		d.B = append(d.B, r.t.key(uint32(rng.IntN(len(r.t.nodes)))))
	}
	if rng.IntN(4) == 0 {
		d.Undone = time.Unix(1, 0)
	}
	return d
}

// written writes edges and parties by keys, in order.
func written(r *resolution) []string {
	var out []string
	for i := range r.edges {
		e := &r.edges[i]
		line := fmt.Sprintf("%s %s: %s %s", e.by(), nearnessNames[e.near], r.t.key(e.a), r.t.key(e.b))
		if len(out) == 0 || out[len(out)-1] != line {
			out = append(out, line)
		}
	}
	var parties []string
	for _, root := range r.all {
		var names []string
		for _, n := range r.members(root) {
			names = append(names, fmt.Sprintf("%s %d", r.t.key(n), r.rights[n]))
		}
		slices.Sort(names)
		parties = append(parties, fmt.Sprintf("party of %d: %s", r.total[root], strings.Join(names, " = ")))
	}
	slices.Sort(parties)
	var doubts []string
	for _, d := range r.doubts() {
		e := &r.edges[d.edge]
		doubts = append(doubts, fmt.Sprintf("doubt on %d by %s: %s %s", d.weight, e.by(), r.t.key(e.a), r.t.key(e.b)))
	}
	return slices.Concat(out, parties, doubts)
}
