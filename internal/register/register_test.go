package register_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"onewindow/internal/ierr"
	"onewindow/internal/record"
	"onewindow/internal/register"
	"onewindow/internal/source/entry"
)

var ctx = context.Background()

func byNumber(t testing.TB, r *register.Register, number string, known int64) *register.View {
	t.Helper()
	v, err := r.ByNumber(ctx, number, register.AsOf{Known: known})
	if err != nil {
		t.Fatalf("%s in state %d: %v", number, known, err)
	}
	return v
}

func TestASecondLoadOfTheSameBytesDoesNothing(t *testing.T) {
	r := open(t)
	f := file("a", doc("109000001A", "201710601862", "样本一"))
	first := load(t, r, f)
	f.path = "/other/name"
	second := load(t, r, f, file("b"))
	files, err := r.Files(ctx, second.ID)
	if err != nil || files[0].Status != register.Skipped || files[0].Skipped == 0 || files[1].Status != register.Done {
		t.Errorf("the files are %+v, %v", files, err)
	}
	if second.Counts != (register.Counts{}) || r.State() != first.Last || second.Last != first.Last {
		t.Errorf("the second load did something: %+v, state %d", second, r.State())
	}
	if _, err := r.Undo(ctx, first.ID, "clerk"); err != nil {
		t.Fatal(err)
	}
	if third := load(t, r, f); third.Counts.New != 1 {
		t.Errorf("an undone file was not loaded again: %+v", third.Counts)
	}
}

func TestTheSameContentFromAnotherFileIsNoVersion(t *testing.T) {
	r := open(t)
	load(t, r, file("a", doc("109000001A", "201710601862", "样本一")))
	before := byNumber(t, r, "109000001", 0)
	newer := doc("109000001A", "201710601862", "样本一")
	newer.Issued = 20200101
	l := load(t, r, file("b", newer))
	after := byNumber(t, r, "109000001", 0)
	if f := register.Changed(before, after); len(f) > 0 || l.Counts.Known != 1 || l.Counts.Changed != 0 {
		t.Errorf("%v changed, %+v", f, l.Counts)
	}
	if len(after.Statements) != 2 || len(after.Documents[0].Versions) != 1 {
		t.Errorf("%d statements, %d versions; want 2 and 1", len(after.Statements), len(after.Documents[0].Versions))
	}
	if h, err := r.History(ctx, after.ID); err != nil || len(h) != 1 {
		t.Errorf("the history is %+v, %v", h, err)
	}
	err := r.Scan(ctx, register.AsOf{}, func(*register.View) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
}

func TestTwoTimes(t *testing.T) {
	r := open(t)
	a := load(t, r, file("a", doc("109000001A", "201710601862", "申请")))
	b := load(t, r, file("b", doc("109000001B", "201710601862", "授权")))
	for _, c := range []struct {
		at    register.AsOf
		title string
		docs  int
	}{
		{register.AsOf{}, "授权", 2},
		{register.AsOf{Known: b.Last}, "授权", 2},
		{register.AsOf{Known: a.Last}, "申请", 1},
		{register.AsOf{On: 20210302}, "授权", 2},
		{register.AsOf{On: 20210301}, "申请", 1},
		{register.AsOf{On: 20190709, Known: b.Last}, "申请", 1},
	} {
		v, err := r.ByNumber(ctx, "109000001", c.at)
		if err != nil || v.Title() != c.title || len(v.Documents) != c.docs {
			t.Errorf("%+v: %q with %d documents, %v; want %q with %d", c.at, v.Title(), len(v.Documents), err, c.title, c.docs)
		}
	}
	for _, at := range []register.AsOf{{On: 20190708}, {Known: 1}} {
		if _, err := r.ByNumber(ctx, "109000001", at); ierr.KindOf(err) != ierr.NotFound {
			t.Errorf("%+v: %v", at, err)
		}
	}
}

func TestKnownAsPeopleWriteIt(t *testing.T) {
	now := time.Date(2026, 11, 1, 15, 59, 0, 0, time.UTC) // 23:59 in Shanghai
	store := openStore(t, filepath.Join(t.TempDir(), "r.db"))
	r, err := register.Open(ctx, store, register.Options{Now: func() time.Time { return now }, Zone: shanghai})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	a := load(t, r, file("a", doc("109000001A", "", "a")))
	now = now.Add(2 * time.Minute) // the next day there
	b := load(t, r, file("b", doc("109000002A", "", "b")))
	for known, want := range map[string]int64{
		"": 0, "2026-11-01": a.Last, "2026-11-02": b.Last, "2026-10-31": 1, "2026年11月1日": a.Last,
		"load 1": a.Last, "Load 2": b.Last, "load:2": b.Last, "state 1": 1, "state 2": 2,
	} {
		if got, err := r.ResolveKnown(ctx, known); err != nil || got != want {
			t.Errorf("%q is state %d, %v; want %d", known, got, err, want)
		}
	}
	for known, kind := range map[string]ierr.Kind{
		"yesterday": ierr.Invalid, "load 9": ierr.NotFound, "state 99": ierr.NotFound, "state 0": ierr.NotFound, "load x": ierr.Invalid,
	} {
		if _, err := r.ResolveKnown(ctx, known); ierr.KindOf(err) != kind {
			t.Errorf("%q gives %v, want %v", known, err, kind)
		}
	}
}

// TestMergingAndFallingApart follows two rights that a third statement
// connects and whose connection is undone.
func TestMergingAndFallingApart(t *testing.T) {
	r := open(t)
	apart := load(t, r,
		file("a", doc("109000001A", "", "早")),
		file("b", doc("109000002B", "201710601862", "晚")))
	one, two := byNumber(t, r, "109000001", 0), byNumber(t, r, "201710601862", 0)
	link := load(t, r, file("c", doc("109000001A", "201710601862", "早")))
	if link.Counts.Merged != 1 {
		t.Errorf("counts of the load that merges: %+v", link.Counts)
	}
	for _, number := range []string{"109000001", "109000002", "2017106018623"} {
		v := byNumber(t, r, number, 0)
		if v.ID != one.ID || len(v.Documents) != 2 || v.Key != two.Key {
			t.Errorf("%s is right %d with %d documents under %s", number, v.ID, len(v.Documents), v.Key)
		}
	}
	if v, err := r.ByID(ctx, two.ID, register.AsOf{}); err != nil || v.ID != one.ID {
		t.Errorf("the merged id leads to %v, %v", v, err)
	}
	if v := byNumber(t, r, "109000002", apart.Last); v.ID != two.ID || len(v.Documents) != 1 {
		t.Errorf("before the merging, 109000002 was right %d with %d documents", v.ID, len(v.Documents))
	}
	if v, err := r.ByID(ctx, two.ID, register.AsOf{Known: apart.Last}); err != nil || v.ID != two.ID {
		t.Errorf("before the merging, right %d was %v, %v", two.ID, v, err)
	}
	if _, err := r.Undo(ctx, link.ID, "clerk"); err != nil {
		t.Fatal(err)
	}
	for _, want := range []*register.View{one, two} {
		v := byNumber(t, r, want.Documents[0].ID, 0)
		if v.ID != want.ID || digest(v) != digest(want) {
			t.Errorf("after the undoing, %s is right %d:\n%s\nwant right %d:\n%s", want.Key, v.ID, digest(v), want.ID, digest(want))
		}
	}
	again := load(t, r, file("c", doc("109000001A", "201710601862", "早")))
	if v := byNumber(t, r, "109000002", again.Last); v.ID != one.ID {
		t.Errorf("merged again it is right %d, want %d", v.ID, one.ID)
	}
	h, err := r.History(ctx, two.ID)
	var gone []bool
	for _, v := range h {
		gone = append(gone, v.Gone)
	}
	if err != nil || !slices.Equal(gone, []bool{false, true, false, true}) {
		t.Errorf("the history of the merged right is %+v, %v", h, err)
	}
}

func TestIdsSurviveUndoingAndLoadingAgain(t *testing.T) {
	r := open(t)
	a := file("a", doc("109000001A", "201710601862", "一"), doc("109000002A", "", "二"))
	l := load(t, r, a)
	ids := map[string]int64{}
	for _, n := range []string{"109000001", "109000002"} {
		ids[n] = byNumber(t, r, n, 0).ID
	}
	undone, err := r.Undo(ctx, l.ID, "clerk")
	if err != nil || undone.Status != register.Undone || undone.Undone != r.State() {
		t.Fatalf("undone: %+v, %v", undone, err)
	}
	if _, err := r.Undo(ctx, l.ID, "clerk"); ierr.KindOf(err) != ierr.Conflict {
		t.Errorf("undone twice: %v", err)
	}
	if _, err := r.ByNumber(ctx, "109000001", register.AsOf{}); ierr.KindOf(err) != ierr.NotFound {
		t.Errorf("what was undone is still there: %v", err)
	}
	if v := byNumber(t, r, "109000001", l.Last); v.Title() != "一" {
		t.Errorf("as it was known before, the title is %q", v.Title())
	}
	load(t, r, file("x", doc("109000003A", "", "三")), a)
	for n, id := range ids {
		if got := byNumber(t, r, n, 0).ID; got != id {
			t.Errorf("%s is right %d, and was %d", n, got, id)
		}
	}
}

// TestADeadNumberConnectsNothing: a number that only an undone file gave does
// not tie what comes later.
func TestADeadNumberConnectsNothing(t *testing.T) {
	r := open(t)
	a := load(t, r, file("a", doc("109000001A", "201710601862", "一")))
	load(t, r, file("b", doc("109000001B", "", "二")))
	if _, err := r.Undo(ctx, a.ID, "clerk"); err != nil {
		t.Fatal(err)
	}
	load(t, r, file("c", doc("109000009A", "201710601862", "三")))
	if one, other := byNumber(t, r, "109000001", 0), byNumber(t, r, "109000009", 0); one.ID == other.ID {
		t.Errorf("both are right %d", one.ID)
	}
}

func TestOverridesHoldThroughUndoingAndMerging(t *testing.T) {
	r := open(t)
	a := file("a", doc("109000001A", "", "一"))
	l := load(t, r, a)
	id := byNumber(t, r, "109000001", 0).ID
	set := func(value string) register.Override {
		o, err := r.SetOverride(ctx, register.Override{Right: id, Field: "region", Value: value, Reason: "住所", By: "clerk"})
		if err != nil {
			t.Fatal(err)
		}
		return o
	}
	value := func(known int64) string {
		v := byNumber(t, r, "109000001", known)
		if o := v.Override("region"); o != nil {
			return o.Value
		}
		return ""
	}
	first := set("320583")
	second := set("320500")
	if value(0) != "320500" || value(first.From) != "320583" || value(l.Last) != "" {
		t.Errorf("the override is %q, was %q and %q", value(0), value(first.From), value(l.Last))
	}
	if _, err := r.Undo(ctx, l.ID, "clerk"); err != nil {
		t.Fatal(err)
	}
	load(t, r, a)
	if value(0) != "320500" {
		t.Errorf("after undoing and loading again it is %q", value(0))
	}
	load(t, r, file("b", doc("109000000A", "", "零")))
	load(t, r, file("c", doc("109000000A", "201710601862", "零"), doc("109000001A", "201710601862", "一")))
	if v := byNumber(t, r, "109000000", 0); v.Override("region") == nil {
		t.Errorf("merged with another right, the override is lost: %+v", v.Overrides)
	}
	if _, err := r.WithdrawOverride(ctx, id, "region", "错误", "clerk"); err != nil {
		t.Fatal(err)
	}
	if value(0) != "" || value(second.From) != "320500" {
		t.Errorf("withdrawn it is %q, and was %q", value(0), value(second.From))
	}
	var acts []string
	h, err := r.History(ctx, id)
	for _, v := range h {
		acts = append(acts, fmt.Sprint(v.Act, v.Fields, v.Gone))
	}
	if err != nil || len(h) < 6 || h[1].Act != register.ActOverride || !slices.Contains(h[1].Fields, register.FieldOverride) {
		t.Errorf("the history is %q, %v", acts, err)
	}
	reopened := openOn(t, mustStore(t, r))
	if got, err := reopened.ByNumber(ctx, "109000001", register.AsOf{Known: second.From}); err != nil || got.Override("region").Value != "320500" {
		t.Errorf("after opening again: %+v, %v", got, err)
	}
	for _, o := range []register.Override{
		{Right: id, Field: "title", Value: "x", Reason: "r", By: "c"},
		{Right: id, Field: "region", Reason: "r", By: "c"},
		{Right: id, Field: "region", Value: "x", By: "c"},
	} {
		if _, err := r.SetOverride(ctx, o); ierr.KindOf(err) != ierr.Invalid {
			t.Errorf("%+v was taken: %v", o, err)
		}
	}
	if _, err := r.SetOverride(ctx, register.Override{Right: 99, Field: "region", Value: "x", Reason: "r", By: "c"}); ierr.KindOf(err) != ierr.NotFound {
		t.Errorf("a right that there is not was overridden: %v", err)
	}
	if _, err := r.WithdrawOverride(ctx, id, "region", "错误", "clerk"); ierr.KindOf(err) != ierr.NotFound {
		t.Errorf("withdrawn twice: %v", err)
	}
}

func TestReportsOfALoad(t *testing.T) {
	r := open(t)
	flagged := doc("109000003A", "", "三")
	flagged.Flags = []record.Flag{{Code: "postcode.glued"}, {Code: "postcode.glued"}, {Code: "separator.damaged"}}
	f := file("a", doc("109000001A", "", "一"), doc("109000001A", "", "一"), doc("109000002A", "", "二"), doc("109000002A", "", "贰"), flagged)
	f.entries = append(f.entries, entry.Entry{Line: 7, Reject: entry.Refuse("row_short", ierr.Args{"columns": 3}, "a;b")})
	f.unread = map[string]int64{"made: colour": 6}
	l := load(t, r, f)
	rep, err := r.LoadReport(ctx, l.ID)
	if err != nil {
		t.Fatal(err)
	}
	want := register.Counts{Entries: 6, Documents: 5, Rejected: 1, New: 4, Repeated: 1, Flagged: 1, Rights: 3, Disputed: 1}
	if d := cmp.Diff(want, rep.Load.Counts); d != "" {
		t.Errorf("counts (-want +got):\n%s", d)
	}
	if !maps.Equal(rep.Flags, map[string]int64{"postcode.glued": 1, "separator.damaged": 1}) || !maps.Equal(rep.Files[0].Rejects, map[string]int64{"row_short": 1}) {
		t.Errorf("the report is %+v", rep)
	}
	rejects, err := r.Rejects(ctx, l.ID, 10, 0)
	if err != nil || len(rejects) != 1 || rejects[0].Position.Row != 6 || rejects[0].Line != 7 || rejects[0].Raw != "a;b" {
		t.Errorf("the rejects are %+v, %v", rejects, err)
	}
	again := load(t, r, f) // is skipped, and holds the same
	for _, id := range []int64{l.ID, again.ID} {
		if unread, err := r.Unread(ctx, id); err != nil || !maps.Equal(unread, f.unread) {
			t.Errorf("unread of load %d: %v, %v", id, unread, err)
		}
	}
	v := byNumber(t, r, "109000001", 0)
	if len(v.Statements) != 1 || v.Repeats() != 1 || v.Statements[0].Repeats[0].Row != 2 {
		t.Errorf("a repeated row makes the statements %+v", v.Statements)
	}
	if v := byNumber(t, r, "109000002", 0); !v.IsDisputed(register.FieldTitle) || len(v.Disputed[0].Variants) != 2 {
		t.Errorf("rows that disagree make the disputes %+v", v.Disputed)
	}
	if _, err := r.LoadReport(ctx, 9); ierr.KindOf(err) != ierr.NotFound {
		t.Errorf("the report of no load: %v", err)
	}
}

func TestNumbersInEverySpelling(t *testing.T) {
	r := open(t)
	old := doc("1200000A", "97101765", "旧")
	load(t, r, file("a", doc("109000001A", "201710601862", "一"), old, &record.Document{Office: "US", Number: "10000001", Code: "B2", Kind: record.Invention}))
	for number, want := range map[string]string{
		"201710601862.3": "一", "ZL 2017 1 0601862.3": "一", "CN201710601862": "一", "CN109000001A": "一", "109000001": "一", "cn 109000001 b": "一",
		"97101765.4": "旧", "1200000": "旧", "CN1200000A": "旧", "us10000001b2": "", "US 10000001": "",
	} {
		if v, err := r.ByNumber(ctx, number, register.AsOf{}); err != nil || v.Title() != want {
			t.Errorf("%s: %v, %v; want %q", number, v, err, want)
		}
	}
	for number, kind := range map[string]ierr.Kind{
		"": ierr.Invalid, "电池": ierr.Invalid, "CN1200000C": ierr.NotFound, "109000002": ierr.NotFound,
	} {
		if v, err := r.ByNumber(ctx, number, register.AsOf{}); ierr.KindOf(err) != kind {
			t.Errorf("%q: %v, %v; want %v", number, v, err, kind)
		}
	}
}

func TestALoadGoesOnOnlyWithTheFilesItBeganWith(t *testing.T) {
	r := open(t)
	f := file("a", doc("109000001A", "", "一"))
	stop := errors.New("stop")
	broken := failing{made{f}, stop}
	if _, err := r.Load(ctx, register.LoadSpec{Feed: broken}, nil); !errors.Is(err, stop) {
		t.Fatalf("the load ended with %v", err)
	}
	loads, err := r.Loads(ctx)
	if err != nil || len(loads) != 1 || loads[0].Status != register.Running {
		t.Fatalf("the loads are %+v, %v", loads, err)
	}
	changed := f
	changed.sha = "changed"
	for _, feed := range []made{{changed}, {}} {
		if _, err := r.Resume(ctx, 1, feed, nil); ierr.KindOf(err) != ierr.Conflict {
			t.Errorf("went on with %v: %v", feed, err)
		}
	}
	var last register.Progress
	l, err := r.Resume(ctx, 1, made{f}, func(p register.Progress) { last = p })
	if err != nil || l.Status != register.Done || l.Counts.New != 1 {
		t.Errorf("resumed: %+v, %v", l, err)
	}
	if last.Bytes != last.Size || last.Counts != l.Counts || last.File != 1 || last.State != r.State() {
		t.Errorf("the last progress is %+v", last)
	}
	if _, err := r.Resume(ctx, 1, made{f}, nil); ierr.KindOf(err) != ierr.Conflict {
		t.Errorf("an ended load was resumed: %v", err)
	}
	if _, err := r.Load(ctx, register.LoadSpec{Feed: made{}}, nil); ierr.KindOf(err) != ierr.Invalid {
		t.Errorf("nothing was loaded: %v", err)
	}
}

// failing is a feed that fails at its end.
type failing struct {
	made
	err error
}

func (f failing) Read(ctx context.Context, in register.Input, from int64, fn func(entry.Entry) error) (register.FeedSummary, error) {
	return register.FeedSummary{}, f.err
}

func TestWatchersSeeEveryCommitInOrder(t *testing.T) {
	r := open(t)
	load(t, r, file("a", doc("109000001A", "", "一"), doc("109000002A", "", "二")))
	var mu sync.Mutex
	titles, last := map[int64]string{}, int64(1)
	stop := r.Watch(1, func(c register.Commit) {
		mu.Lock()
		defer mu.Unlock()
		if c.State <= last {
			t.Errorf("state %d after state %d", c.State, last)
		}
		last = c.State
		for _, v := range c.Views {
			titles[v.ID] = v.Title()
		}
		for _, id := range c.Gone {
			delete(titles, id)
		}
	}, func(err error) { t.Error(err) })
	b := load(t, r, file("b", doc("109000001B", "", "新"), doc("109000003A", "", "三")))
	if _, err := r.Undo(ctx, b.ID, "clerk"); err != nil {
		t.Fatal(err)
	}
	var many []*record.Document
	for i := range 12_000 {
		many = append(many, doc(fmt.Sprintf("12%07dA", i), "", "多"))
	}
	load(t, r, file("c", many...))
	if err := r.Seen(ctx, r.State()); err != nil {
		t.Fatal(err)
	}
	stop()
	want := map[int64]string{}
	if err := r.Scan(ctx, register.AsOf{}, func(v *register.View) error { want[v.ID] = v.Title(); return nil }); err != nil {
		t.Fatal(err)
	}
	if last != r.State() || !maps.Equal(titles, want) {
		t.Errorf("the watcher stands at %d with %d rights; the register at %d with %d", last, len(titles), r.State(), len(want))
	}

	caught := map[int64]string{}
	upTo, err := r.ChangedSince(ctx, 1, func(c register.Commit) error {
		for _, v := range c.Views {
			caught[v.ID] = v.Title()
		}
		for _, id := range c.Gone {
			delete(caught, id)
		}
		return nil
	})
	if err != nil || upTo != r.State() || !maps.Equal(caught, want) {
		t.Errorf("catching up gives %d rights up to %d, %v; want %d", len(caught), upTo, err, len(want))
	}
}

func TestRejectsOfAFileAreCountedToTheLastAndKeptUpToALimit(t *testing.T) {
	r := open(t)
	bad := func(name string, n int) madeFile {
		f := file(name, doc("109000001A", "", name))
		for i := range n {
			f.entries = append(f.entries, entry.Entry{Reject: entry.Refuse([]string{"row_short", "row_long"}[i%2], nil, "")})
		}
		return f
	}
	l := load(t, r, bad("a", register.MaxRejects+7), bad("b", 3))
	if l.Counts.Rejected != register.MaxRejects+10 {
		t.Errorf("counts: %+v", l.Counts)
	}
	rep, err := r.LoadReport(ctx, l.ID)
	if err != nil {
		t.Fatal(err)
	}
	if n := rep.Rejects["row_short"] + rep.Rejects["row_long"]; n != l.Counts.Rejected {
		t.Errorf("%d rejects by reason", n)
	}
	if a, b := rep.Files[0].File.RejectsCut(), rep.Files[1].File.RejectsCut(); a != 7 || b != 0 {
		t.Errorf("%d and %d rejects are cut", a, b)
	}
	rows, err := r.Rejects(ctx, l.ID, 10_000, 9_998)
	if err != nil || len(rows) != 5 || rows[1].Position.Ordinal != register.MaxRejects+1 || rows[2].File == rows[1].File {
		t.Errorf("the last rows kept: %+v, %v", rows, err)
	}
}

func TestTooManyStatementsOfOneRight(t *testing.T) {
	r := open(t)
	var docs []*record.Document
	for i := range 5000 {
		docs = append(docs, doc("109000001A", "", fmt.Sprint("变", i)))
	}
	l := load(t, r, file("a", docs...))
	if l.Counts.Documents != 4096 || l.Counts.Rejected != 904 {
		t.Errorf("counts: %+v", l.Counts)
	}
}
