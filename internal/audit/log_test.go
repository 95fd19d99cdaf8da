package audit_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"onewindow/internal/audit"
	"onewindow/internal/ierr"
	"onewindow/internal/register"
	"onewindow/internal/store/sqlite"
)

var ctx = context.Background()

// newLog makes a log on a real store with n leaves, signed after each tenth.
func newLog(t *testing.T, n int) (*audit.Log, *sqlite.DB) {
	t.Helper()
	db, err := sqlite.Open(filepath.Join(t.TempDir(), "register.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	secret, err := audit.NewKey("onewindow/test")
	if err != nil {
		t.Fatal(err)
	}
	key, err := audit.ReadKey(secret)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	l := &audit.Log{Store: db, Key: key, Now: func() time.Time { now = now.Add(time.Hour); return now }}
	for i := 1; i <= n; i++ {
		write(t, db, i)
		if i%10 == 0 {
			sign(t, l)
		}
	}
	return l, db
}

func write(t *testing.T, db *sqlite.DB, i int) {
	t.Helper()
	leaf, err := audit.New("test", int64(i), map[string]int{"act": i})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Write(ctx, func(tx register.Tx) error { return tx.Append(ctx, leaf) }); err != nil {
		t.Fatal(err)
	}
}

func sign(t *testing.T, l *audit.Log) audit.Head {
	t.Helper()
	h, err := l.Sign(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// elsewhere reads a head as somebody does who kept it.
func elsewhere(t *testing.T, l *audit.Log, h audit.Head) *audit.Head {
	t.Helper()
	out, err := audit.ReadHead(h.Signed, l.Key.Public)
	if err != nil {
		t.Fatal(err)
	}
	return &out
}

// bent is a store whose leaves and heads somebody changed.
type bent struct {
	audit.Store
	leaves []audit.Leaf
	heads  []audit.Head
}

func bend(t *testing.T, s audit.Store) *bent {
	t.Helper()
	b := &bent{Store: s}
	err := s.Leaves(ctx, 0, func(l *audit.Leaf) error { b.leaves = append(b.leaves, *l); return nil })
	if err == nil {
		b.heads, err = s.Heads(ctx)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func (b *bent) Leaves(_ context.Context, after int64, fn func(*audit.Leaf) error) error {
	for i := range b.leaves {
		if l := b.leaves[i]; l.Seq > after {
			if err := fn(&l); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *bent) LeafHashes(ctx context.Context, after int64, fn func(int64, [32]byte) error) error {
	return b.Leaves(ctx, after, func(l *audit.Leaf) error { return fn(l.Seq, l.Hash) })
}

func (b *bent) Heads(context.Context) ([]audit.Head, error) { return b.heads, nil }

func (b *bent) number() {
	for i := range b.leaves {
		b.leaves[i].Seq = int64(i + 1)
	}
}

// another makes a sound leaf that was never written.
func another(t *testing.T, seq int64) audit.Leaf {
	t.Helper()
	l, err := audit.New("test", seq, map[string]string{"act": "another"})
	if err != nil {
		t.Fatal(err)
	}
	l.Seq = seq
	return l
}

func verify(t *testing.T, l *audit.Log, head *audit.Head) *audit.Report {
	t.Helper()
	r, err := l.Verify(ctx, head)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestWhatWasDoneToALogIsFound(t *testing.T) {
	l, db := newLog(t, 47)
	kept := elsewhere(t, l, sign(t, l)) // of 47 leaves
	write(t, db, 48)
	write(t, db, 49)
	for _, c := range []struct {
		name string
		bend func(*bent)
		want string // with a head from elsewhere
	}{
		{"nothing", func(*bent) {}, ""},
		{"content", func(b *bent) { b.leaves[22].Payload = []byte(`{"act":24}`) }, "content 23-23"},
		{"content and hash", func(b *bent) { b.leaves[22] = another(t, 23) }, "rewritten 21-30; rewritten 21-47 known"},
		{"removed", func(b *bent) { b.leaves = slices.Delete(b.leaves, 5, 6) }, "missing 6-6; rewritten 1-10; rewritten 1-47 known"},
		{"removed and counted anew", func(b *bent) { b.leaves = slices.Delete(b.leaves, 5, 6); b.number() }, "rewritten 1-10; rewritten 1-47 known"},
		{"two exchanged", func(b *bent) {
			b.leaves[33], b.leaves[34] = b.leaves[34], b.leaves[33]
			b.number()
		}, "rewritten 31-40; rewritten 31-47 known"},
		{"one added", func(b *bent) { b.leaves = slices.Insert(b.leaves, 12, another(t, 13)); b.number() }, "rewritten 11-20; rewritten 11-47 known"},
		{"the end cut off", func(b *bent) { b.leaves = b.leaves[:45] }, "cut 46-47; cut 46-47 known"},
		{"the end cut off with its heads", func(b *bent) { b.leaves, b.heads = b.leaves[:40], b.heads[:4] }, "cut 41-47 known"},
		{"changed, and the later heads removed", func(b *bent) { b.leaves[22] = another(t, 23); b.heads = b.heads[:2] }, "rewritten 21-47 known"},
		{"a head of another root", func(b *bent) { b.heads[1].Root[0]++ }, "signature 20-20"},
		{"content emptied", func(b *bent) { b.leaves[7].Salt, b.leaves[7].Payload = nil, nil }, "emptied 8-8"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := bend(t, db)
			c.bend(b)
			changed := &audit.Log{Store: b, Key: l.Key, Now: l.Now}
			r := verify(t, changed, kept)
			var got []string
			for _, f := range r.Faults {
				s := fmt.Sprintf("%s %d-%d", f.Code, f.From, f.To)
				if f.Known {
					s += " known"
				}
				got = append(got, s)
			}
			if strings.Join(got, "; ") != c.want {
				t.Errorf("found %q, want %q", strings.Join(got, "; "), c.want)
			}
			if proven := c.want == "" && r.Proven != 47; proven {
				t.Errorf("proven up to %d", r.Proven)
			}
		})
	}
}

func TestALogThatWasWrittenAnewIsFoundByAHeadFromElsewhereAlone(t *testing.T) {
	l, db := newLog(t, 30)
	kept := elsewhere(t, l, sign(t, l))
	b := bend(t, db)
	b.leaves[3] = another(t, 4)
	b.heads = nil
	forged := &audit.Log{Store: b, Key: l.Key, Now: l.Now}
	if r := verify(t, forged, nil); !r.Sound() || r.Proven != 0 {
		t.Errorf("without a head from elsewhere: %+v", r)
	}
	if r := verify(t, forged, kept); r.Sound() {
		t.Error("the head from elsewhere found nothing")
	}
}

func TestAnyChangeBeforeAHeadIsFound(t *testing.T) {
	l, db := newLog(t, 60)
	kept := elsewhere(t, l, sign(t, l))
	rng := rand.New(rand.NewPCG(1, 2))
	for n := range 300 {
		b := bend(t, db)
		i, j := rng.IntN(60), rng.IntN(60)
		what := rng.IntN(5)
		switch what {
		case 0:
			b.leaves[i].Hash[rng.IntN(32)] ^= 1 << rng.IntN(8)
		case 1:
			b.leaves = slices.Delete(b.leaves, i, i+1)
		case 2:
			b.leaves = slices.Insert(b.leaves, i, another(t, 0))
			b.number()
		case 3:
			if i == j {
				continue
			}
			b.leaves[i], b.leaves[j] = b.leaves[j], b.leaves[i]
			b.number()
		case 4:
			b.leaves[i].State++
		}
		if r := verify(t, &audit.Log{Store: b, Key: l.Key}, kept); r.Sound() {
			t.Fatalf("try %d: change %d at %d, %d was not found", n, what, i, j)
		}
	}
}

func TestErasedContentLeavesTheLogProven(t *testing.T) {
	l, db := newLog(t, 20)
	kept := elsewhere(t, l, sign(t, l))
	if err := l.Erase(ctx, 7, "asked for", "Li"); err != nil {
		t.Fatal(err)
	}
	if r := verify(t, l, kept); !r.Sound() || r.Proven != 20 || r.Erased != 1 || r.Leaves != 21 {
		t.Errorf("%+v", r)
	}
	leaf, err := db.Leaf(ctx, 7)
	if err != nil || !leaf.Erased() {
		t.Errorf("%+v, %v", leaf, err)
	}
	for _, seq := range []int64{7, 99} {
		if err := l.Erase(ctx, seq, "again", "Li"); ierr.KindOf(err) != ierr.NotFound {
			t.Errorf("erasing %d: %v", seq, err)
		}
	}
	if err := l.Erase(ctx, 8, "", "Li"); ierr.KindOf(err) != ierr.Invalid {
		t.Errorf("without a reason: %v", err)
	}
}

func TestALeafIsProvenToBeInAHead(t *testing.T) {
	l, db := newLog(t, 33)
	last := sign(t, l)
	for seq := int64(1); seq <= 33; seq++ {
		p, err := l.Prove(ctx, seq)
		if err != nil {
			t.Fatal(err)
		}
		if err := p.Check(); err != nil || p.Head.Size < seq {
			t.Errorf("leaf %d in %d: %v", seq, p.Head.Size, err)
		}
		p.Leaf.Seq = p.Leaf.Seq%33 + 1
		if p.Leaf.Seq <= p.Head.Size && p.Check() == nil {
			t.Errorf("leaf %d was proven at another place", seq)
		}
	}
	write(t, db, 34)
	if _, err := l.Prove(ctx, 34); ierr.KindOf(err) != ierr.NotFound {
		t.Errorf("a leaf after head %d: %v", last.Size, err)
	}
}

func TestHeadsAreSignedOnceAndNeverBackwards(t *testing.T) {
	l, db := newLog(t, 5)
	first := sign(t, l)
	if again := sign(t, l); again.Signed != first.Signed {
		t.Error("the same leaves were signed twice")
	}
	if err := l.SignDaily(ctx, time.UTC); err != nil {
		t.Fatal(err)
	}
	b := bend(t, db)
	b.leaves = b.leaves[:3]
	shrunk := &audit.Log{Store: b, Key: l.Key, Now: l.Now}
	if _, err := shrunk.Sign(ctx); ierr.KindOf(err) != ierr.Corrupt {
		t.Errorf("a log that lost leaves was signed: %v", err)
	}
	b = bend(t, db)
	b.leaves[1] = another(t, 2)
	if _, err := (&audit.Log{Store: b, Key: l.Key, Now: l.Now}).Sign(ctx); ierr.KindOf(err) != ierr.Corrupt {
		t.Errorf("another log of the same size was signed: %v", err)
	}
	write(t, db, 6)
	if h := sign(t, l); h.Size != 6 {
		t.Errorf("signed %d leaves", h.Size)
	}
}

func TestHeadsOfOthersAreRefused(t *testing.T) {
	l, _ := newLog(t, 10)
	other, _ := newLog(t, 10)
	h := sign(t, l)
	for name, c := range map[string]struct{ signed, public string }{
		"another key":  {h.Signed, other.Key.Public},
		"no key":       {h.Signed, "key"},
		"changed size": {strings.Replace(h.Signed, "\n10\n", "\n11\n", 1), l.Key.Public},
		"no note":      {"10", l.Key.Public},
		"too long":     {strings.Repeat("x", 5000), l.Key.Public},
	} {
		if _, err := audit.ReadHead(c.signed, c.public); err == nil {
			t.Errorf("%s: read", name)
		}
	}
}

func FuzzReadHead(f *testing.F) {
	secret, err := audit.NewKey("onewindow/test")
	if err != nil {
		f.Fatal(err)
	}
	key, err := audit.ReadKey(secret)
	if err != nil {
		f.Fatal(err)
	}
	f.Add("onewindow/test\n1\nAAAA\n2026-01-01T00:00:00Z\n\n— onewindow/test AAAA\n")
	f.Fuzz(func(t *testing.T, signed string) {
		if h, err := audit.ReadHead(signed, key.Public); err == nil {
			t.Errorf("a head that nobody signed was read: %s", must(json.Marshal(h)))
		}
	})
}

func must(b []byte, _ error) []byte { return b }

func BenchmarkVerify(b *testing.B) {
	leaves := make([]audit.Leaf, 20_000)
	for i := range leaves {
		l, err := audit.New("test", int64(i), map[string]int{"act": i})
		if err != nil {
			b.Fatal(err)
		}
		l.Seq = int64(i + 1)
		leaves[i] = l
	}
	secret, _ := audit.NewKey("onewindow/test")
	key, _ := audit.ReadKey(secret)
	l := &audit.Log{Store: &bent{leaves: leaves}, Key: key}
	for b.Loop() {
		if r, err := l.Verify(ctx, nil); err != nil || !r.Sound() {
			b.Fatal(r, err)
		}
	}
}
