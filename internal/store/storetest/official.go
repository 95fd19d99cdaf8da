package storetest

import (
	"errors"
	"testing"
	"time"

	"onewindow/internal/audit"
	"onewindow/internal/official"
)

// Official holds a store of official tables to what it promises.
func Official(t *testing.T, open func(t *testing.T) official.Store) {
	ctx := t.Context()
	s := open(t)
	if all, err := s.Tables(ctx); err != nil || len(all) != 0 {
		t.Errorf("an empty store lists %v, %v", all, err)
	}
	if none, err := s.Table(ctx, "a", 0); err != nil || none != nil {
		t.Errorf("an empty store has %v, %v", none, err)
	}
	added := time.UnixMicro(1_600_000_000_000_000).UTC()
	for i, value := range []int64{1, 2, 3} {
		x := &official.Table{Head: official.Head{ID: []string{"b", "a", "a"}[i]}, Cells: []official.Cell{{Region: "320000", Value: value}}, By: "tester", Added: added}
		n, err := s.PutTable(ctx, x, func(revision int) (audit.Leaf, error) {
			if want := []int{1, 1, 2}[i]; revision != want {
				t.Errorf("the leaf is of revision %d, want %d", revision, want)
			}
			return leaf(), nil
		})
		if want := []int{1, 1, 2}[i]; err != nil || n != want {
			t.Errorf("stored as revision %d, %v; want %d", n, err, want)
		}
	}
	all, err := s.Tables(ctx)
	if err != nil || len(all) != 2 || all[0].ID != "a" || all[0].Revision != 2 || all[0].Cells != nil || all[1].ID != "b" {
		t.Errorf("listed: %+v, %v", all, err)
	}
	for revision, want := range map[int]int64{0: 3, 1: 2, 2: 3} {
		got, err := s.Table(ctx, "a", revision)
		if err != nil || got == nil || len(got.Cells) != 1 || got.Cells[0].Value != want || got.By != "tester" || !got.Added.Equal(added) {
			t.Errorf("revision %d: %+v, %v", revision, got, err)
		}
	}
	broken := errors.New("no leaf")
	_, err = s.PutTable(ctx, &official.Table{Head: official.Head{ID: "c"}}, func(int) (audit.Leaf, error) { return audit.Leaf{}, broken })
	if !errors.Is(err, broken) {
		t.Errorf("without its leaf: %v", err)
	}
	if got, err := s.Table(ctx, "c", 0); err != nil || got != nil {
		t.Errorf("stored without its leaf: %v, %v", got, err)
	}
}
