package party_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"onewindow/internal/audit"
	"onewindow/internal/ierr"
	"onewindow/internal/party"
)

var signed = party.Signed{Reason: "a reason", By: "tester"}

func TestMergingAndSplitting(t *testing.T) {
	h := open(t)
	l := h.load(doc(1, named(kunshan, "昆山样例有限公司", "Kunshan Sample Co., Ltd.")), doc(2, named(kunshan, "昆山样例有限责任公司")), doc(3, named(nanjing, "南京示范大学")))
	before := h.all()
	merged, err := h.Merge(ctx, "昆山样例有限公司", "昆山样例有限责任公司", signed)
	check(t, err)
	one := []string{"Kunshan Sample Co., Ltd. = 昆山样例有限公司 = 昆山样例有限责任公司", "南京示范大学"}
	if d := cmp.Diff(one, h.all()); d != "" || len(h.doubts()) != 0 {
		t.Errorf("merged: %s, in doubt %v", d, h.doubts())
	}
	if merged[0].Rule != "suffix" {
		t.Errorf("the decision settles a doubt of rule %q", merged[0].Rule)
	}
	_, err = h.Split(ctx, "昆山样例有限责任公司", []string{"Kunshan Sample Co., Ltd."}, signed)
	check(t, err)
	apart := []string{"Kunshan Sample Co., Ltd.", "南京示范大学", "昆山样例有限公司 = 昆山样例有限责任公司"}
	if d := cmp.Diff(apart, h.all()); d != "" {
		t.Errorf("split: %s", d)
	}

	// Decisions outlast what they speak of.
	h.undo(l)
	if got := h.all(); len(got) != 0 {
		t.Errorf("after undoing the load: %v", got)
	}
	h.load(doc(3, named(nanjing, "南京示范大学")), doc(2, named(kunshan, "昆山样例有限责任公司")), doc(1, named(kunshan, "昆山样例有限公司", "Kunshan Sample Co., Ltd.")))
	if d := cmp.Diff(apart, h.all()); d != "" {
		t.Errorf("loaded again: %s", d)
	}
	h.reopen()
	if d := cmp.Diff(apart, h.all()); d != "" {
		t.Errorf("opened again: %s", d)
	}
	for _, id := range []int64{2, 1} {
		_, err := h.Undo(ctx, id, signed)
		check(t, err)
	}
	if d := cmp.Diff(before, h.all()); d != "" {
		t.Errorf("undone: %s", d)
	}
	all, err := h.Decisions("")
	check(t, err)
	if len(all) != 2 || all[0].Stands() || all[0].UndoneBy != "tester" || all[0].Made.IsZero() {
		t.Errorf("decisions: %+v", all)
	}
}

func TestLikeCasesAreDecidedAndUndoneTogether(t *testing.T) {
	h := open(t)
	for i := range 3 {
		h.load(doc(2*i+1, named(fmt.Sprintf("江苏省南京市玄武区样例巷%d0号", i), fmt.Sprintf("南京样例%c有限公司", '甲'+rune(i)))),
			doc(2*i+2, named(fmt.Sprintf("江苏省南京市玄武区样例巷%d0号", i), fmt.Sprintf("南京样例%c有限责任公司", '甲'+rune(i)))))
	}
	before := h.doubts()
	if len(before) != 3 {
		t.Fatalf("in doubt: %v", before)
	}
	like := signed
	like.Like = true
	made, err := h.Differ(ctx, "南京样例甲有限公司", "南京样例甲有限责任公司", like)
	check(t, err)
	if len(made) != 3 || len(h.doubts()) != 0 || made[1].Like != made[0].ID {
		t.Errorf("%d decisions, in doubt %v", len(made), h.doubts())
	}
	undone, err := h.Undo(ctx, made[0].ID, signed)
	check(t, err)
	if d := cmp.Diff(before, h.doubts()); d != "" || len(undone) != 3 {
		t.Errorf("%d undone: %s", len(undone), d)
	}
}

func TestWhatCannotBeDecided(t *testing.T) {
	h := open(t)
	h.load(doc(1, named(kunshan, "昆山样例有限公司", "Kunshan Sample Co., Ltd.")), doc(2, named(nanjing, "南京示范大学")))
	like := signed
	like.Like = true
	if _, _, err := h.Queue("sufix", "", "", 10, 0); ierr.KindOf(err) != ierr.Invalid {
		t.Errorf("a rule that there is not: %v", err)
	}
	for what, c := range map[string]struct {
		do   func() ([]party.Decision, error)
		kind ierr.Kind
	}{
		"one party": {func() ([]party.Decision, error) {
			return h.Merge(ctx, "昆山样例有限公司", "Kunshan Sample Co., Ltd.", signed)
		}, ierr.Invalid},
		"unknown": {func() ([]party.Decision, error) {
			return h.Merge(ctx, "昆山样例有限公司", "无此公司", signed)
		}, ierr.NotFound},
		"no reason": {func() ([]party.Decision, error) {
			return h.Merge(ctx, "昆山样例有限公司", "南京示范大学", party.Signed{By: "x"})
		}, ierr.Invalid},
		"nobody": {func() ([]party.Decision, error) { return h.Undo(ctx, 1, party.Signed{Reason: "x"}) }, ierr.Invalid},
		"no like cases": {func() ([]party.Decision, error) {
			return h.Merge(ctx, "昆山样例有限公司", "南京示范大学", like)
		}, ierr.Invalid},
		"no such name": {func() ([]party.Decision, error) { return h.Split(ctx, "南京示范大学", []string{"x"}, signed) }, ierr.NotFound},
		"nothing left": {func() ([]party.Decision, error) {
			return h.Split(ctx, "南京示范大学", []string{"南京示范大学"}, signed)
		}, ierr.Invalid},
		"no decision": {func() ([]party.Decision, error) { return h.Undo(ctx, 9, signed) }, ierr.NotFound},
	} {
		if _, err := c.do(); ierr.KindOf(err) != c.kind {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// TestDecisionsEqualThoseLeftStanding decides and undoes at random; a register that
// was given the decisions left standing alone must say the same. The last decision
// always holds.
func TestDecisionsEqualThoseLeftStanding(t *testing.T) {
	h := open(t)
	h.load(invented(40)...)
	for seed := range uint64(6) {
		rng := rand.New(rand.NewPCG(seed, 7))
		for range 25 {
			h.act(rng)
		}
		got := h.all()
		all, err := h.Decisions("")
		check(t, err)
		slices.Reverse(all)
		all = slices.DeleteFunc(all, func(d party.Decision) bool { return !d.Stands() })
		alone := open(t)
		for i := range all {
			all[i].ID, all[i].Like = 0, 0
		}
		leaf, err := audit.New("party.test", 1, map[string]any{})
		check(t, err)
		_, err = alone.db.PutDecisions(ctx, all, leaf)
		check(t, err)
		alone.load(invented(40)...)
		alone.reopen()
		if d := cmp.Diff(got, alone.all()); d != "" {
			t.Fatalf("seed %d, with what stands alone (-want +got):\n%s", seed, d)
		}
	}
}

// act merges, splits or undoes something by chance, and holds the outcome to what
// was decided.
func (h *house) act(rng *rand.Rand) {
	h.t.Helper()
	parties := h.Largest(1 << 20)
	x, y := parties[rng.IntN(len(parties))], parties[rng.IntN(len(parties))]
	switch rng.IntN(4) {
	case 0:
		p, err := h.Show(x.ID)
		check(h.t, err)
		if len(p.Names)+len(p.Idents) < 2 {
			return
		}
		name := p.Names[rng.IntN(len(p.Names))].ID
		_, err = h.Split(ctx, x.ID, []string{name}, signed)
		check(h.t, err)
		if q, err := h.Show(name); err != nil || len(q.Names) != 1 || len(q.Idents) != 0 {
			h.t.Fatalf("a name that was split off is in %+v, %v", q, err)
		}
	case 1:
		all, err := h.Decisions("")
		check(h.t, err)
		all = slices.DeleteFunc(all, func(d party.Decision) bool { return !d.Stands() })
		if len(all) > 0 {
			_, err = h.Undo(ctx, all[rng.IntN(len(all))].ID, signed)
			check(h.t, err)
		}
	default:
		if x.ID == y.ID {
			return
		}
		_, err := h.Merge(ctx, x.ID, y.ID, signed)
		check(h.t, err)
		a, err := h.Show(x.ID)
		check(h.t, err)
		b, err := h.Show(y.ID)
		check(h.t, err)
		if a.ID != b.ID {
			h.t.Fatalf("%v and %v were merged and are %s and %s", x, y, a.ID, b.ID)
		}
	}
}
