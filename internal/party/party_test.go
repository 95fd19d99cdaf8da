package party_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"onewindow/defs"
	"onewindow/internal/date"
	"onewindow/internal/ierr"
	"onewindow/internal/party"
	"onewindow/internal/record"
)

const (
	kunshan = "江苏省苏州市昆山市样例路1号"
	suzhou  = "江苏省苏州市虎丘区示范大道2号"
	nanjing = "江苏省南京市玄武区样例巷3号"
	ident   = "91350100M000100Y43"
)

// all writes every party as its names, in order.
func (h *house) all() []string {
	h.t.Helper()
	var out []string
	for _, r := range h.Largest(1 << 20) {
		p, err := h.Show(r.ID)
		check(h.t, err)
		names := slices.Clone(p.Idents)
		for _, n := range p.Names {
			name := n.Text
			if n.Place != "" {
				name += "@" + n.Place
			}
			names = append(names, name)
		}
		slices.Sort(names)
		out = append(out, strings.Join(names, " = "))
	}
	slices.Sort(out)
	return out
}

// doubts writes the queue.
func (h *house) doubts() []string {
	h.t.Helper()
	pairs, _, err := h.Queue("", "", "", party.MaxPairs, 0)
	check(h.t, err)
	var out []string
	for _, p := range pairs {
		names := []string{p.NameA, p.NameB}
		slices.Sort(names)
		out = append(out, fmt.Sprintf("%s %s: %s ? %s", p.Rule, p.Near, names[0], names[1]))
	}
	slices.Sort(out)
	return out
}

func changed(code string, from, to record.Party) *record.Document {
	from.Role, to.Role = record.Former, record.Holder
	d := doc(900)
	d.Notice, d.Code = true, ""
	d.Parties = nil
	d.Events = []record.Event{{Date: date.Of(2019, 7, 9), Code: code, Number: "1", Parties: []record.Party{from, to}}}
	return d
}

func TestWhatTheRulesJoin(t *testing.T) {
	for name, c := range map[string]struct {
		docs    []*record.Document
		parties []string
		doubts  []string
	}{
		"width, brackets, blanks and capitals": {
			[]*record.Document{doc(1, named(kunshan, "样例（苏州）ＡＢ 有限公司")), doc(2, named(nanjing, "样例(苏州)ab有限公司"))},
			[]string{"样例(苏州)ab有限公司"}, nil},
		"one credit code": {
			[]*record.Document{doc(1, with(named(kunshan, "昆山样例有限公司"), ident)), doc(2, with(named(nanjing, "南京示范有限公司"), ident))},
			[]string{"91350100M000100Y43 = 南京示范有限公司 = 昆山样例有限公司"}, nil},
		"a wrong credit code joins nothing": {
			[]*record.Document{doc(1, with(named(kunshan, "昆山样例有限公司"), "91350100M000100Y44")), doc(2, with(named(nanjing, "南京示范有限公司"), "91350100M000100Y44"))},
			[]string{"南京示范有限公司", "昆山样例有限公司"}, nil},
		"two languages of one entry, then English alone": {
			[]*record.Document{doc(1, named(kunshan, "昆山样例有限公司", "Kunshan Sample Co., Ltd.")), doc(2, named("", "KUNSHAN SAMPLE COMPANY LIMITED"))},
			[]string{"KUNSHAN SAMPLE COMPANY LIMITED = 昆山样例有限公司"}, nil},
		"one English name of two": {
			[]*record.Document{
				doc(1, named(kunshan, "昆山样例有限公司", "Kunshan Sample Co., Ltd.")), doc(2, named(kunshan, "昆山样例有限公司")),
				doc(3, named(nanjing, "昆山样理有限公司", "Kunshan Sample Co., Ltd."))},
			[]string{"Kunshan Sample Co., Ltd. = 昆山样例有限公司", "昆山样理有限公司"}, []string{"english elsewhere: 昆山样例有限公司 ? 昆山样理有限公司"}},
		"legal forms wait": {
			[]*record.Document{doc(1, named(kunshan, "昆山样例有限公司")), doc(2, named(kunshan, "昆山样例有限责任公司"))},
			[]string{"昆山样例有限公司", "昆山样例有限责任公司"}, []string{"suffix address: 昆山样例有限公司 ? 昆山样例有限责任公司"}},
		"the place before a name, at one address": {
			[]*record.Document{doc(1, named(kunshan, "江苏省昆山市样例大学")), doc(2, named("昆山市样例路1号", "昆山样例大学"))},
			[]string{"昆山样例大学 = 江苏省昆山市样例大学"}, nil},
		"the place before a name, elsewhere": {
			[]*record.Document{doc(1, named(kunshan, "江苏省样例大学")), doc(2, named(nanjing, "江苏样例大学"))},
			[]string{"江苏样例大学", "江苏省样例大学"}, nil},
		"a change of name that is stated": {
			[]*record.Document{doc(900, named(kunshan, "昆山示范有限公司")), changed(record.EventChanged, named(kunshan, "苏州样例有限公司"), named(kunshan, "昆山示范有限公司"))},
			[]string{"昆山示范有限公司 = 苏州样例有限公司"}, nil},
		"a transfer is no change of name": {
			[]*record.Document{doc(900, named(kunshan, "昆山示范有限公司")), changed(record.EventTransfer, named(kunshan, "苏州样例有限公司"), named(kunshan, "昆山示范有限公司"))},
			[]string{"昆山示范有限公司", "苏州样例有限公司"}, nil},
		"a transfer between like names at one address": {
			[]*record.Document{doc(900, named(kunshan, "昆山样例股份有限公司")), changed(record.EventTransfer, named(kunshan, "昆山样例有限公司"), named(kunshan, "昆山样例股份有限公司"))},
			[]string{"昆山样例有限公司 = 昆山样例股份有限公司"}, nil},
		"numbers tell bodies apart": {
			[]*record.Document{doc(1, named(kunshan, "昆山样例第一研究所")), doc(2, named(kunshan, "昆山样例第二研究所"))},
			[]string{"昆山样例第一研究所", "昆山样例第二研究所"}, []string{"similar address: 昆山样例第一研究所 ? 昆山样例第二研究所"}},
		"persons need a place": {
			[]*record.Document{doc(1, named(kunshan, "李样甲")), doc(2, named(kunshan, "李样甲")), doc(3, named(nanjing, "李样甲")), doc(4, named("", "李样甲"))},
			[]string{"李样甲@320102", "李样甲@320583"}, nil},
		"a person with a partner in common": {
			[]*record.Document{
				doc(1, named(kunshan, "李样甲"), named(suzhou, "苏州样例有限公司")), doc(2, named(nanjing, "李样甲"), named(suzhou, "苏州样例有限公司"))},
			[]string{"李样甲@320102", "李样甲@320583", "苏州样例有限公司"}, []string{"person_partner elsewhere: 李样甲 @ 320102 ? 李样甲 @ 320583"}},
		"names that every place has": {
			[]*record.Document{doc(1, named(kunshan, "第一人民医院")), doc(2, named(nanjing, "第一人民医院"))},
			[]string{"第一人民医院@320102", "第一人民医院@320583"}, nil},
		"inventors are not followed": {
			[]*record.Document{doc(1, named(kunshan, "昆山样例有限公司"), record.Party{Role: record.Inventor, Names: []record.Text{{Lang: "zh", Text: "李样甲"}}, Address: kunshan})},
			[]string{"昆山样例有限公司"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			h := open(t)
			h.load(c.docs...)
			if d := cmp.Diff(c.parties, h.all()); d != "" {
				t.Errorf("parties (-want +got):\n%s", d)
			}
			if d := cmp.Diff(c.doubts, h.doubts()); d != "" {
				t.Errorf("queue (-want +got):\n%s", d)
			}
		})
	}
}

func TestAPartyIsShownWhole(t *testing.T) {
	h := open(t)
	h.load(
		doc(1, with(named(kunshan, "昆山样例有限公司", "Kunshan Sample Co., Ltd."), ident)),
		doc(2, named(suzhou, "昆山样例有限公司")),
		doc(3, named(nanjing, "昆山样例有限公司南京分公司")),
	)
	p, err := h.Show("昆山样例有限公司")
	check(t, err)
	if p.Rights != 2 || len(p.Names) != 2 || len(p.Addresses) != 2 || p.Type != "enterprise" || !slices.Equal(p.Idents, []string{ident}) {
		t.Errorf("party: %+v", p)
	}
	if a := p.Addresses[0]; a.Region != "320583" && a.Region != "320505" || a.Since != 201907 || a.Until != 201907 {
		t.Errorf("address: %+v", a)
	}
	if d := cmp.Diff([]party.Use{{Kind: record.Invention, Role: record.Holder, Rights: 2}}, p.Uses); d != "" {
		t.Errorf("uses: %s", d)
	}
	if len(p.Branches) != 1 || p.Branches[0].Name != "昆山样例有限公司南京分公司" {
		t.Errorf("branches: %+v", p.Branches)
	}
	branch, err := h.Show(p.Branches[0].ID)
	check(t, err)
	if branch.Parent == nil || branch.Parent.ID != p.ID {
		t.Errorf("parent: %+v", branch.Parent)
	}
	for _, name := range []string{p.ID, strings.ToLower(p.ID), ident, "Kunshan Sample Co Ltd", "昆山样例", p.Names[0].ID, p.Names[1].ID} {
		if same, err := h.Show(name); err != nil || same.ID != p.ID {
			t.Errorf("%q leads to %v, %v", name, same, err)
		}
	}
	if _, err := h.Show("无此公司"); ierr.KindOf(err) != ierr.NotFound {
		t.Errorf("an unknown name: %v", err)
	}
	h.load(doc(4, named(kunshan, "李样甲")), doc(5, named(nanjing, "李样甲")))
	if _, err := h.Show("李样甲"); ierr.KindOf(err) != ierr.Conflict {
		t.Errorf("a name of two: %v", err)
	}
	if found, err := h.Find("样例", 20); err != nil || len(found) != 2 || found[0].ID != p.ID {
		t.Errorf("found: %v, %v", found, err)
	}
}

// TestPartiesDependOnWhatStandsAlone loads the same documents in many orders, with
// undoings in between, and reads them back from the file.
func TestPartiesDependOnWhatStandsAlone(t *testing.T) {
	docs := invented(40)
	first := open(t)
	first.load(docs...)
	parties, doubts := first.all(), first.doubts()
	for seed := range uint64(4) {
		rng := rand.New(rand.NewPCG(seed, 1))
		h := open(t)
		order := slices.Clone(docs)
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for part := range slices.Chunk(order, 10) {
			l := h.load(part...)
			if rng.IntN(2) == 0 {
				h.undo(l)
				h.load(part...)
			}
		}
		if d := cmp.Diff(parties, h.all()); d != "" {
			t.Fatalf("parties in another order (-want +got):\n%s", d)
		}
		if d := cmp.Diff(doubts, h.doubts()); d != "" {
			t.Fatalf("queue in another order (-want +got):\n%s", d)
		}
		h.reopen()
		if d := cmp.Diff(parties, h.all()); d != "" {
			t.Fatalf("parties after opening again (-want +got):\n%s", d)
		}
	}
}

// reopen closes the parties and opens them from their file.
func (h *house) reopen() {
	h.t.Helper()
	check(h.t, h.Close())
	var err error
	h.Parties, err = party.Open(h.config)
	check(h.t, err)
	h.sync()
}

// invented makes documents of holders whose names are alike.
func invented(n int) []*record.Document {
	forms := []string{"有限公司", "有限责任公司", "股份有限公司"}
	places := []string{kunshan, suzhou, nanjing}
	var docs []*record.Document
	for i := range n {
		p := named(places[i%3], fmt.Sprintf("%s样例%c%s", []string{"昆山", "昆山市", "苏州"}[i/3%3], '甲'+rune(i%5), forms[i/7%3]))
		if i%4 == 0 {
			p.Names = append(p.Names, record.Text{Lang: "en", Text: fmt.Sprintf("Sample %c Co., Ltd.", 'A'+rune(i%5))})
		}
		if i%11 == 0 {
			p.Ident = ident
		}
		docs = append(docs, doc(i+1, p, named(places[i/2%3], fmt.Sprintf("李样%c", '甲'+rune(i%3)))))
	}
	return docs
}

func TestADamagedFileIsMadeAnew(t *testing.T) {
	h := open(t)
	h.load(invented(10)...)
	want := h.all()
	check(t, h.Close())
	path := filepath.Join(h.config.Dir, "parties")
	b, err := os.ReadFile(path)
	check(t, err)
	for name, damaged := range map[string][]byte{"cut": b[:len(b)-7], "flipped": flipped(b), "empty": nil} {
		check(t, os.WriteFile(path, damaged, 0o600))
		h.Parties, err = party.Open(h.config)
		check(t, err)
		h.sync()
		if d := cmp.Diff(want, h.all()); d != "" {
			t.Errorf("%s: %s", name, d)
		}
		check(t, h.Close())
	}
}

func flipped(b []byte) []byte {
	b = slices.Clone(b)
	b[len(b)-40] ^= 1
	return b
}

func TestFaultsOfTheDefinitionsNameFileAndLine(t *testing.T) {
	h := open(t)
	text, err := defs.FS.ReadFile("classes/parties.yaml")
	check(t, err)
	for change, want := range map[[2]string]string{
		{"id: suffix,", "id: suffixes,"}:                         `there is no rule "suffixes"`,
		{"join: 0.9", "join: 0.3"}:                               "0 < doubt <= join <= 1",
		{"{id: ident, names: 0.99,", "{id: ident, names: 1.99,"}: "a confidence is not from 0 to 1",
		{"{id: name, ", "{id: ident, "}:                          "rule ident stands twice",
		{"join: 0.9", "jion: 0.9"}:                               "jion",
		{"zh: [分公司,", `zh: ["",`}:                                "a text of branches is empty",
	} {
		fsys := fstest.MapFS{"classes/parties.yaml": {Data: []byte(strings.Replace(string(text), change[0], change[1], 1))}}
		_, err := party.NewNamer(fsys, h.config.Pack, h.config.Classifier)
		if err == nil || !strings.Contains(err.Error(), "classes/parties.yaml") || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: %v", slices.Collect(maps.Keys(map[string]bool{change[1]: true})), err)
		}
	}
}
