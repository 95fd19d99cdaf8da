package register_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"onewindow/internal/date"
	"onewindow/internal/record"
	"onewindow/internal/register"
)

// digest writes what a view says, without what depends on the order in which
// its files came: ids, states and loads.
func digest(v *register.View) string {
	var b strings.Builder
	fmt.Fprintln(&b, v.Key, v.Keys, v.Kind, v.Application, v.Titles, v.Abstracts, v.Parties, v.Classes, v.Filings, v.Cited, v.Claims)
	fmt.Fprintln(&b, v.Events, v.Documents, v.Flags, v.Disputed)
	fmt.Fprintln(&b, v.Days, v.Goods, v.Images, v.Facts)
	if v.Status != nil {
		fmt.Fprintln(&b, *v.Status)
	}
	if v.Mark != nil {
		fmt.Fprintln(&b, *v.Mark)
	}
	for _, f := range []register.Field{register.FieldKind, register.FieldApplication, register.FieldFiled} {
		if s := v.Origin(f); s != nil {
			fmt.Fprintln(&b, f, s.File.SHA256, s.Position)
		}
	}
	for _, s := range v.Statements {
		fmt.Fprintln(&b, s.Hash, s.File.SHA256, s.Position, s.Repeats, s.Issued, s.Rank)
	}
	return b.String()
}

// digests returns the digests of all rights by key, in a state.
func digests(t testing.TB, r *register.Register, at register.AsOf) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := r.Scan(context.Background(), at, func(v *register.View) error {
		if _, ok := out[v.Key]; ok {
			t.Errorf("two rights have the key %s", v.Key)
		}
		sum := sha256.Sum256([]byte(digest(v)))
		out[v.Key] = hex.EncodeToString(sum[:8]) + " " + v.Title()
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// tangle makes files whose few numbers are connected, repeated and disputed in
// every way.
func tangle(rng *rand.Rand, files int) []madeFile {
	var out []madeFile
	for n := range files {
		f := madeFile{path: fmt.Sprintf("/in/%d", n), sha: fmt.Sprintf("sha-%d", n), rank: rng.IntN(2)}
		for range 1 + rng.IntN(12) {
			application := ""
			if rng.IntN(3) > 0 {
				application = fmt.Sprintf("20171060%04d", rng.IntN(6))
			}
			d := doc(fmt.Sprintf("10900000%d%c", rng.IntN(8), "AB"[rng.IntN(2)]), application, fmt.Sprintf("样本%d", rng.IntN(3)))
			if rng.IntN(3) == 0 {
				d.Parties = []record.Party{{Role: record.Holder, Names: []record.Text{{Lang: "zh", Text: fmt.Sprintf("样本公司%d", rng.IntN(2))}}}}
			}
			if rng.IntN(4) == 0 {
				d.Issued = 20200101
			}
			if rng.IntN(6) == 0 {
				d.Published = 0
			}
			if rng.IntN(5) == 0 {
				d.Flags = []record.Flag{{Code: "application_number.damaged"}}
			}
			state(rng, d)
			f.entries = append(f.entries, file("x", d).entries...)
			if rng.IntN(4) == 0 {
				f.entries = append(f.entries, file("x", d).entries...)
			}
		}
		for range rng.IntN(6) {
			f.entries = append(f.entries, file("x", told(rng)).entries...)
		}
		out = append(out, f)
	}
	return out
}

// state adds what a register states of a right beyond its publication.
func state(rng *rand.Rand, d *record.Document) {
	if rng.IntN(3) == 0 {
		d.Status = &record.Status{Code: []string{"in_force", "lapsed", "registered"}[rng.IntN(3)]}
		if rng.IntN(2) == 0 {
			d.Status.Date = date.Of(2020+rng.IntN(3), 1, 1)
		}
	}
	if rng.IntN(3) == 0 {
		d.Days = []record.Day{{Name: record.DayExpires, Date: date.Of(2030+rng.IntN(2), 1, 1)}}
	}
	if rng.IntN(4) == 0 {
		d.Facts = []record.Fact{{Name: record.FactArea, Text: fmt.Sprintf("样区%d", rng.IntN(2))}, {Name: record.FactFamily, Text: fmt.Sprint(rng.IntN(3))}}
	}
	if rng.IntN(5) == 0 {
		d.Cited = []string{fmt.Sprintf("US%07dA", rng.IntN(3)+4000000)}
		d.Filings = []record.Filing{{Relation: record.RelPriority, Office: "US", Number: fmt.Sprint(rng.IntN(2)), Date: 20160101}}
	}
}

// told is a notice, or the entry of another register: a mark, a work, an indication,
// each newer statement of which renews the one before.
func told(rng *rand.Rand) *record.Document {
	day := date.Of(2019+rng.IntN(4), 1+rng.IntN(12), 1)
	if rng.IntN(2) == 0 {
		n := &record.Document{Office: "CN", Notice: true, Published: day, Issued: day}
		if rng.IntN(3) == 0 {
			n.Kind, n.Number = record.Trademark, fmt.Sprint(4000000+rng.IntN(3))
		} else {
			n.Application.Number = fmt.Sprintf("20171060%04d", rng.IntN(6))
			n.Application.Number += "." + string(record.CheckDigit(n.Application.Number))
		}
		e := record.Event{Date: day, Code: []string{record.EventTransfer, record.EventPledge, record.EventLapse, record.EventAnnuity}[rng.IntN(4)], Number: fmt.Sprint(rng.IntN(2))}
		e.Parties = []record.Party{{Role: record.Holder, Names: []record.Text{{Lang: "zh", Text: fmt.Sprintf("样本公司%d", rng.IntN(2))}}}}
		n.Events = []record.Event{e}
		state(rng, n)
		return n
	}
	d := &record.Document{Office: "CN", Published: day, Issued: day}
	switch rng.IntN(3) {
	case 0:
		d.Kind, d.Number = record.Trademark, fmt.Sprint(4000000+rng.IntN(3))
		d.Mark = &record.Mark{Words: []record.Text{{Lang: "zh", Text: fmt.Sprintf("样本牌%d", rng.IntN(2))}}}
		d.Goods = []record.Goods{{Class: fmt.Sprintf("%02d", 1+rng.IntN(3)), Texts: []record.Text{{Lang: "zh", Text: "电池"}}}}
	case 1:
		d.Kind, d.Number = record.Work, fmt.Sprintf("苏作登字-2020-F-%08d", rng.IntN(3))
		d.Titles = []record.Text{{Lang: "zh", Text: fmt.Sprintf("样本图%d", rng.IntN(2))}}
	default:
		d.Kind, d.Number = record.Indication, fmt.Sprintf("AGI0000%d", rng.IntN(3))
		d.Titles = []record.Text{{Lang: "zh", Text: fmt.Sprintf("样湖蟹%d", rng.IntN(2))}}
		d.Images = []record.Image{{Use: "mark", Name: fmt.Sprintf("%d.png", rng.IntN(2))}}
	}
	state(rng, d)
	return d
}

// TestTheViewDependsOnlyOnTheSetOfFiles loads, undoes and loads again in random
// order, and compares with a register that was given the files that are left
// in one load.
func TestTheViewDependsOnlyOnTheSetOfFiles(t *testing.T) {
	ctx := context.Background()
	seeds := uint64(40)
	if testing.Short() {
		seeds = 12
	}
	for seed := range seeds {
		rng := rand.New(rand.NewPCG(seed, 1))
		files := tangle(rng, 5)
		r := open(t)
		live := map[int]int64{} // by file: its load
		past := map[int64]map[string]string{}
		for range 12 {
			if n := rng.IntN(len(files)); live[n] == 0 {
				live[n] = load(t, r, files[n]).ID
			} else {
				if _, err := r.Undo(ctx, live[n], "clerk"); err != nil {
					t.Fatal(err)
				}
				delete(live, n)
			}
			past[r.State()] = digests(t, r, register.AsOf{})
		}
		var left []madeFile
		for _, n := range slices.Sorted(maps.Keys(live)) {
			left = append(left, files[n])
		}
		got, want := digests(t, r, register.AsOf{}), map[string]string{}
		if len(left) > 0 {
			fresh := open(t)
			load(t, fresh, left...)
			want = digests(t, fresh, register.AsOf{})
		}
		if !maps.Equal(got, want) {
			t.Fatalf("seed %d: after loads and undoings\n%v\nloaded afresh\n%v", seed, got, want)
		}
		for state, then := range past {
			if now := digests(t, r, register.AsOf{Known: state}); !maps.Equal(now, then) {
				t.Fatalf("seed %d: state %d reads\n%v\nand read, when it was the last,\n%v", seed, state, now, then)
			}
		}
		checkKeys(t, r, seed)
	}
}

// checkKeys finds every right by every one of its keys and by its id.
func checkKeys(t *testing.T, r *register.Register, seed uint64) {
	ctx := context.Background()
	err := r.Scan(ctx, register.AsOf{}, func(v *register.View) error {
		for _, key := range v.Keys {
			number := strings.TrimPrefix(strings.TrimPrefix(key, "app:"), "pub:")
			if space, _, _ := strings.Cut(number, ":"); strings.HasSuffix(space, "-app") {
				continue // a number space of applications is asked for by that of its rights
			}
			found, err := r.ByNumber(ctx, number, register.AsOf{})
			if err != nil || found.ID != v.ID {
				t.Errorf("seed %d: %s leads to %v, %v; want right %d", seed, number, found, err, v.ID)
			}
		}
		if same, err := r.ByID(ctx, v.ID, register.AsOf{}); err != nil || digest(same) != digest(v) {
			t.Errorf("seed %d: right %d reads differently by id: %v", seed, v.ID, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func statements(rng *rand.Rand) []register.Statement {
	var out []register.Statement
	for _, f := range tangle(rng, 3) {
		shared := &register.File{Path: f.path, SHA256: f.sha}
		for i, e := range f.entries {
			out = append(out, register.Statement{
				ID: int64(len(out)), Hash: register.HashOf(register.Encode(nil, e.Doc)), File: shared,
				Position: register.Position{Row: int64(i) + 1, Ordinal: int64(i) + 1}, Issued: e.Doc.Issued, Rank: f.rank, Doc: e.Doc,
			})
		}
	}
	return out
}

func TestMergeIsAFunctionOfTheSet(t *testing.T) {
	for seed := range uint64(300) {
		rng := rand.New(rand.NewPCG(seed, 2))
		st := statements(rng)
		want := digest(register.Merge(1, st, 0))
		again := append(slices.Clone(st), st[rng.IntN(len(st))], st[rng.IntN(len(st))])
		rng.Shuffle(len(again), func(i, j int) { again[i], again[j] = again[j], again[i] })
		if got := digest(register.Merge(1, again, 0)); got != want {
			t.Fatalf("seed %d: shuffled, with two statements twice:\n%s\nwant\n%s", seed, got, want)
		}
	}
}
