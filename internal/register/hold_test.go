package register_test

import (
	"context"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"onewindow/internal/ierr"
	"onewindow/internal/register"
)

// steward expects between least and most documents of each file, and of a delivery no
// more than twice the documents of the one before.
type steward struct{ least, most float64 }

func (s steward) Belongs(named, path, format string) register.Belonging {
	if strings.Contains(path, "strange") {
		return register.Belonging{}
	}
	return register.Belonging{Source: "made", Count: true, Issues: true}
}

func (s steward) Judge(met, before []register.Survey) []register.Finding {
	var out []register.Finding
	sum := func(list []register.Survey) (n float64) {
		for _, x := range list {
			n += float64(x.Documents)
		}
		return n
	}
	for _, m := range met {
		if m.Counted {
			out = append(out, register.Finding{Source: m.Source, File: m.File, What: "documents", Met: float64(m.Documents), Min: s.least, Max: s.most})
		}
	}
	if len(before) > 0 {
		out = append(out, register.Finding{Source: "made", What: "change", Met: sum(met) / sum(before), Min: math.NaN(), Max: 2})
	}
	return out
}

func openWith(t testing.TB, s register.Steward) *register.Register {
	t.Helper()
	path := filepath.Join(t.TempDir(), "register.db")
	r, err := register.Open(context.Background(), openStore(t, path), register.Options{Zone: shanghai, Steward: s})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.Close)
	paths.Store(r, path)
	return r
}

func tame() madeFile {
	return file("tame", doc("109000001A", "201710600001", "样本1"), doc("109000002A", "201710600002", "样本2"))
}

func wild() madeFile {
	return file("wild", doc("109000003A", "201710600003", "样本3"), doc("109000001B", "201710600001", "样本1"), doc("109000004A", "201710600004", "样本4"), doc("109000005A", "", "样本5"), doc("109000006A", "", "样本6"))
}

// TestALoadIsHeldBack: nothing of it can be seen until it is accepted, and then it is as
// if it had never been held.
func TestALoadIsHeldBack(t *testing.T) {
	ctx := context.Background()
	r := openWith(t, steward{1, 10})
	load(t, r, tame())
	state, before := r.State(), digests(t, r, register.AsOf{})
	l := load(t, r, wild())
	if l.Status != register.Held || r.State() != state || !maps.Equal(digests(t, r, register.AsOf{}), before) {
		t.Fatalf("the load is %s, the state %d after %d", l.Status, r.State(), state)
	}
	findings, err := r.Findings(ctx, l.ID)
	if err != nil || len(findings) != 2 || findings[0].Breach() || !findings[1].Breach() || findings[1].What != "change" || findings[1].Met != 2.5 || !math.IsNaN(findings[1].Min) {
		t.Fatalf("findings %+v, %v", findings, err)
	}
	surveys, err := r.Surveys(ctx, l.ID)
	if err != nil || len(surveys) != 1 || surveys[0].Documents != 5 || surveys[0].Source != "made" || fmt.Sprint(surveys[0].Issues) != "[{2019-07-09 4} {2021-03-02 1}]" {
		t.Fatalf("surveys %+v, %v", surveys, err)
	}
	for name, try := range map[string]func() error{
		"undone":  func() error { _, err := r.Undo(ctx, l.ID, "clerk"); return err },
		"resumed": func() error { _, err := r.Resume(ctx, l.ID, made{wild()}, nil); return err },
	} {
		if err := try(); ierr.KindOf(err) != ierr.Conflict {
			t.Errorf("a held load is %s: %v", name, err)
		}
	}
	if _, err := r.Accept(ctx, l.ID, "", "chief"); ierr.KindOf(err) != ierr.Invalid {
		t.Errorf("accepted without a reason: %v", err)
	}
	if l, err = r.Accept(ctx, l.ID, "a double issue", "chief"); err != nil || l.Status != register.Running {
		t.Fatal(l, err)
	}
	if l, err = r.Resume(ctx, l.ID, made{wild()}, nil); err != nil || l.Status != register.Done || l.Reason != "a double issue" || l.DecidedBy != "chief" || l.Decided.IsZero() {
		t.Fatal(l, err)
	}
	if _, err := r.Refuse(ctx, l.ID, "too late", "chief"); ierr.KindOf(err) != ierr.Conflict {
		t.Errorf("refused when it was in: %v", err)
	}
	calm := open(t)
	load(t, calm, tame())
	load(t, calm, wild())
	if got, want := digests(t, r, register.AsOf{}), digests(t, calm, register.AsOf{}); !maps.Equal(got, want) || r.State() != calm.State() {
		t.Errorf("accepted, in state %d:\n%v\nundisturbed, in state %d:\n%v", r.State(), got, calm.State(), want)
	}
	if got := digests(t, r, register.AsOf{Known: state}); !maps.Equal(got, before) {
		t.Errorf("state %d reads otherwise now: %v", state, got)
	}
	if _, err := r.Undo(ctx, l.ID, "clerk"); err != nil || !maps.Equal(digests(t, r, register.AsOf{}), before) {
		t.Errorf("undone: %v", err)
	}
}

func TestARefusedLoadCanBeLoadedAgain(t *testing.T) {
	ctx := context.Background()
	r := openWith(t, steward{3, 10})
	first := load(t, r, tame())
	if _, err := r.Refuse(ctx, first.ID, "cut off", "chief"); err != nil {
		t.Fatal(err)
	}
	if again := load(t, r, tame()); again.Status != register.Held {
		t.Errorf("loaded again it is %s", again.Status)
	}
	strange := tame()
	strange.path = "/in/strange"
	if l := load(t, r, strange); l.Status != register.Done {
		t.Errorf("a file of no source is %s", l.Status)
	}
}

// TestHoldingDoesNotChangeTheView accepts and refuses at random and compares with a
// register that never expected anything.
func TestHoldingDoesNotChangeTheView(t *testing.T) {
	ctx := context.Background()
	for seed := range uint64(10) {
		rng := rand.New(rand.NewPCG(seed, 9))
		files := tangle(rng, 6)
		r := openWith(t, steward{4, 8})
		var in []madeFile
		held := 0
		for _, f := range files {
			l := load(t, r, f)
			if l.Status == register.Held {
				held++
				if rng.IntN(2) == 0 {
					if _, err := r.Refuse(ctx, l.ID, "no", "chief"); err != nil {
						t.Fatal(err)
					}
					continue
				}
				if _, err := r.Accept(ctx, l.ID, "yes", "chief"); err != nil {
					t.Fatal(err)
				}
				if _, err := r.Resume(ctx, l.ID, made{f}, nil); err != nil {
					t.Fatal(err)
				}
			}
			in = append(in, f)
		}
		if held == 0 {
			t.Errorf("seed %d: nothing was held", seed)
		}
		if len(in) == 0 {
			continue
		}
		calm := open(t)
		load(t, calm, in...)
		if got, want := digests(t, r, register.AsOf{}), digests(t, calm, register.AsOf{}); !maps.Equal(got, want) {
			t.Fatalf("seed %d: held and accepted\n%v\nundisturbed\n%v", seed, got, want)
		}
	}
}

// TestDeclarationsInTheTwoTimes: a declaration counts from the end of its load to its
// own end, and every state that ever was says what it said.
func TestDeclarationsInTheTwoTimes(t *testing.T) {
	ctx := context.Background()
	r := openWith(t, steward{0, 100})
	what := func(known int64) string {
		var out []string
		for _, d := range r.Declarations(known) {
			out = append(out, d.Cover)
		}
		return strings.Join(out, " ")
	}
	mine := register.Declaration{Source: "made", Cover: "A", Ground: "the office says so", By: "chief"}
	l, err := r.Load(ctx, register.LoadSpec{Feed: made{tame()}, Declared: []register.Declaration{mine}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if what(0) != "A" || what(l.Last) != "A" || what(l.Last-1) != "" {
		t.Errorf("with the load: now %q, in its last state %q, before %q", what(0), what(l.Last), what(l.Last-1))
	}
	byLoad := r.Declarations(0)[0]
	mine.Cover = "B"
	all, err := r.Declare(ctx, mine, 0)
	if err != nil || what(0) != "A B" {
		t.Fatalf("declared: %q, %v", what(0), err)
	}
	mine.Cover = "C"
	revised, err := r.Declare(ctx, mine, all.ID)
	if err != nil || what(0) != "A C" || what(all.From) != "A B" {
		t.Fatalf("revised: %q, before %q, %v", what(0), what(all.From), err)
	}
	if _, err := r.WithdrawDeclaration(ctx, all.ID, "again", "chief"); ierr.KindOf(err) != ierr.NotFound {
		t.Errorf("withdrawn twice: %v", err)
	}
	if _, err := r.WithdrawDeclaration(ctx, byLoad.ID, "it was cut off", "chief"); err != nil || what(0) != "C" {
		t.Errorf("withdrawn: %q, %v", what(0), err)
	}
	before := r.State()
	if _, err := r.Undo(ctx, l.ID, "clerk"); err != nil || what(0) != "" || what(before) != "C" {
		t.Errorf("the load that it rested on is undone: %q, before %q, %v", what(0), what(before), err)
	}
	again, err := register.Open(ctx, mustStore(t, r), register.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if got, want := again.Declared(), r.Declared(); !slices.Equal(got, want) || len(got) != 3 || got[2].EndedFor != register.EndedByUndoing || got[0].ID != byLoad.ID || revised.ID != got[2].ID {
		t.Errorf("read again: %+v, want %+v", got, want)
	}
	for _, bad := range []register.Declaration{{Cover: "A", Ground: "g", By: "b"}, {Source: "made", Ground: "g", By: "b"}, {Source: "made", Cover: "A", By: "b"}, {Source: "made", Cover: "A", Ground: "g"}} {
		if _, err := r.Declare(ctx, bad, 0); ierr.KindOf(err) != ierr.Invalid {
			t.Errorf("%+v is taken: %v", bad, err)
		}
	}
	if _, err := r.Declare(ctx, register.Declaration{Load: l.ID, Source: "made", Cover: "A", Ground: "g", By: "b"}, 0); ierr.KindOf(err) != ierr.Conflict {
		t.Errorf("declared of a load that is undone: %v", err)
	}
}

// TestABrokenFileIsNotComplete: what a load declares does not count where a file of it
// could not be had in full.
func TestABrokenFileIsNotComplete(t *testing.T) {
	r := openWith(t, steward{0, 100})
	f := tame()
	f.broken = true
	d := register.Declaration{Source: "made", Cover: "A", Ground: "g", By: "b"}
	l, err := r.Load(context.Background(), register.LoadSpec{Feed: made{f}, Declared: []register.Declaration{d}}, nil)
	if err != nil || l.Status != register.Done || len(r.Declarations(0)) != 0 || len(r.Declared()) != 1 {
		t.Errorf("%+v, %v; declarations %+v", l, err, r.Declared())
	}
}
