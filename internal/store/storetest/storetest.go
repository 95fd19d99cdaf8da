// Package storetest holds what every store of a register must do.
package storetest

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"onewindow/internal/audit"
	"onewindow/internal/register"
)

// Run runs the whole suite. open returns a new, empty store.
func Run(t *testing.T, open func(t *testing.T) register.Store) {
	for name, test := range map[string]func(*testing.T, register.Store){
		"Empty":            empty,
		"AllOrNothing":     allOrNothing,
		"ReadersDoNotWait": readersDoNotWait,
		"InTurn":           inTurn,
		"Numbers":          numbers,
		"Statements":       statements,
		"Scan":             scan,
		"States":           states,
		"Loads":            loads,
		"Rejects":          rejects,
		"Overrides":        overrides,
		"Rulings":          rulings,
		"Successions":      successions,
	} {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
	}
}

var ctx = context.Background()

// write runs fn in a transaction that has to succeed.
func write(t *testing.T, s register.Store, fn func(register.Tx) error) {
	t.Helper()
	if err := s.Write(ctx, fn); err != nil {
		t.Fatal(err)
	}
}

// same compares what a call gave with what it should have given.
func same(t *testing.T, what string, got any, err error, want any) {
	t.Helper()
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("%s (-want +got):\n%s", what, d)
	}
}

func empty(t *testing.T, s register.Store) {
	state, right, err := s.Last(ctx)
	same(t, "last state and right", []int64{state, right}, err, []int64{0, 0})
	st, err := s.State(ctx, 1)
	same(t, "a state that there is not", st, err, (*register.State)(nil))
	n, err := s.StateBefore(ctx, time.Unix(1, 0))
	same(t, "state before all states", n, err, int64(0))
	if loads, err := s.Loads(ctx); err != nil || len(loads) != 0 {
		t.Errorf("loads: %v, %v", loads, err)
	}
	if err := s.Scan(ctx, 1, 1<<40, 0, func(*register.Row) error { return errors.New("a row") }); err != nil {
		t.Error(err)
	}
}

func allOrNothing(t *testing.T, s register.Store) {
	failure := errors.New("stop")
	err := s.Write(ctx, func(tx register.Tx) error {
		if err := tx.PutNumbers(ctx, []register.Number{{Key: "pub:CN1", Right: 1, Home: 1}}); err != nil {
			return err
		}
		if got, err := tx.Numbers(ctx, []string{"pub:CN1"}); err != nil || len(got) != 1 {
			t.Errorf("a transaction does not see its own numbers: %v, %v", got, err)
		}
		if err := tx.Append(ctx, audit.Leaf{Kind: "k", Salt: []byte("salt"), Payload: []byte("{}")}); err != nil {
			return err
		}
		return failure
	})
	if !errors.Is(err, failure) {
		t.Errorf("the error of the transaction is %v", err)
	}
	if got, err := s.Numbers(ctx, []string{"pub:CN1"}); err != nil || len(got) != 0 {
		t.Errorf("something of a failed transaction stayed: %v, %v", got, err)
	}
	write(t, s, func(tx register.Tx) error { return tx.PutState(ctx, register.State{ID: 1, At: time.Unix(5, 0)}, 0) })
}

func readersDoNotWait(t *testing.T, s register.Store) {
	write(t, s, func(tx register.Tx) error {
		if err := tx.PutNumbers(ctx, []register.Number{{Key: "a", Right: 1, Home: 1}}); err != nil {
			return err
		}
		got, err := s.Numbers(ctx, []string{"a"})
		if err != nil || len(got) != 0 {
			t.Errorf("a reader sees what is not committed: %v, %v", got, err)
		}
		return nil
	})
	if got, err := s.Numbers(ctx, []string{"a"}); err != nil || len(got) != 1 {
		t.Errorf("a reader does not see what is committed: %v, %v", got, err)
	}
}

func inTurn(t *testing.T, s register.Store) {
	const writers, each = 4, 10
	done := make(chan error, writers)
	for w := range writers {
		go func() {
			for i := range each {
				err := s.Write(ctx, func(tx register.Tx) error {
					last, right, err := tx.Last(ctx)
					if err != nil {
						return err
					}
					return tx.PutState(ctx, register.State{ID: last + 1, At: time.Unix(int64(w*each+i), 0)}, right+1)
				})
				if err != nil {
					done <- err
					return
				}
			}
			done <- nil
		}()
	}
	for range writers {
		if err := <-done; err != nil {
			t.Fatal(err)
		}
	}
	state, right, err := s.Last(ctx)
	same(t, "last state and right", []int64{state, right}, err, []int64{writers * each, writers * each})
	var before time.Time
	err = s.States(ctx, 0, func(st register.State) error {
		if st.At.Before(before) {
			t.Errorf("state %d is older than the one before it", st.ID)
		}
		before = st.At
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func numbers(t *testing.T, s register.Store) {
	var all []register.Number
	var keys []string
	for i := range int64(1000) {
		all = append(all, register.Number{Key: fmt.Sprintf("pub:CN%09d", i), Right: i + 1, Home: i + 1})
		keys = append(keys, all[i].Key)
	}
	write(t, s, func(tx register.Tx) error { return tx.PutNumbers(ctx, all) })
	write(t, s, func(tx register.Tx) error {
		if err := tx.PutHolder(ctx, keys[3], 4); err != nil {
			return err
		}
		if err := tx.PutHolder(ctx, keys[3], 4); err != nil {
			return err
		}
		return tx.PutNumbers(ctx, []register.Number{{Key: keys[3], Right: 2, Home: 4}})
	})
	all[3].Right = 2
	got, err := s.Numbers(ctx, append([]string{"unknown", keys[7]}, keys...))
	by := map[string]register.Number{}
	for _, n := range got {
		by[n.Key] = n
	}
	want := map[string]register.Number{}
	for _, n := range all {
		want[n.Key] = n
	}
	same(t, "numbers", by, err, want)
	if len(got) != len(all) {
		t.Errorf("%d numbers for %d keys", len(got), len(all))
	}
	holders, err := s.Holders(ctx, keys[3])
	same(t, "holders", holders, err, []int64{4})
}

func row(right, n, from int64, body string) register.Row {
	return register.Row{
		ID: register.StatementID(right, n), Hash: register.HashOf([]byte(body)), File: right%3 + 1,
		Position: register.Position{Member: "m", Row: n + 1, Ordinal: right*10 + n}, Issued: 20190709, Rank: 2, From: from, Body: []byte(body),
	}
}

// collect copies rows, whose bodies do not outlive the call.
func collect(to *[]register.Row) func(*register.Row) error {
	return func(r *register.Row) error {
		c := *r
		c.Body = append([]byte(nil), r.Body...)
		*to = append(*to, c)
		return nil
	}
}

func statements(t *testing.T, s register.Store) {
	var rows []register.Row
	var rights []int64
	for right := int64(1); right <= 400; right++ {
		rows = append(rows, row(right, 0, 2, fmt.Sprint("body ", right)))
		if right%2 == 0 {
			rights = append([]int64{right}, rights...)
		}
	}
	again := row(2, 1, 3, "body 1")
	again.Same, again.Body, again.Position.Member = rows[0].ID, nil, ""
	write(t, s, func(tx register.Tx) error { return tx.PutStatements(ctx, append(rows, again)) })
	write(t, s, func(tx register.Tx) error { return tx.CloseStatements(ctx, []int64{rows[3].ID}, 4) })
	again.Body = []byte("body 1")
	rows[3].To = 4

	want := map[int64][]register.Row{0: nil, 1: nil, 2: nil, 3: nil, 4: nil}
	for _, r := range append(rows[1:2:2], append([]register.Row{again}, rows[2:]...)...) {
		if register.RightOf(r.ID)%2 != 0 {
			continue
		}
		for known := range want {
			if known == 0 || r.From <= known && (r.To == 0 || r.To > known) {
				want[known] = append(want[known], r)
			}
		}
	}
	for known, w := range want {
		var got []register.Row
		err := s.Statements(ctx, append(rights, 5000), known, collect(&got))
		same(t, fmt.Sprint("statements in state ", known), got, err, w)
	}
	var of []int64
	err := s.FileRights(ctx, 3, func(right int64) error { of = append(of, right); return nil })
	if err != nil || len(of) != 133 || of[0] != 2 || of[1] != 5 {
		t.Errorf("the rights of a file are %v, %v", of, err)
	}
	stop := errors.New("stop")
	if err := s.Statements(ctx, rights, 0, func(*register.Row) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("the error of the caller came back as %v", err)
	}
}

func scan(t *testing.T, s register.Store) {
	const n = 10_000
	var rows []register.Row
	for right := int64(1); right <= n; right++ {
		rows = append(rows, row(right, 0, right%7+1, "body"))
	}
	write(t, s, func(tx register.Tx) error { return tx.PutStatements(ctx, rows) })
	var got []register.Row
	err := s.Scan(ctx, 5, n, 3, collect(&got))
	var want []register.Row
	for _, r := range rows[4 : n-1] {
		if r.From <= 3 {
			want = append(want, r)
		}
	}
	same(t, "a scan", got, err, want)
	cancelled, cancel := context.WithCancel(ctx)
	seen := 0
	err = s.Scan(cancelled, 1, n+1, 0, func(*register.Row) error { seen++; cancel(); return nil })
	if err == nil || seen == n {
		t.Errorf("a scan went on after its context had ended: %d rows, %v", seen, err)
	}
}

func states(t *testing.T, s register.Store) {
	zero := time.Unix(1_700_000_000, 0).UTC()
	var want []register.State
	for i := range int64(200) {
		st := register.State{ID: i + 1, At: zero.Add(time.Duration(i) * time.Second), Act: register.ActLoad, Load: i % 3}
		if i > 0 {
			st.Rights = []int64{i, i + 1, 1 << 40}
		}
		want = append(want, st)
		write(t, s, func(tx register.Tx) error { return tx.PutState(ctx, st, i*10) })
	}
	var got []register.State
	err := s.States(ctx, 50, func(st register.State) error { got = append(got, st); return nil })
	same(t, "states", got, err, want[50:])
	state, right, err := s.Last(ctx)
	same(t, "last state and right", []int64{state, right}, err, []int64{200, 1990})
	n, err := s.StateBefore(ctx, zero.Add(10*time.Second))
	same(t, "state before an instant", n, err, int64(10))
	one, err := s.State(ctx, 7)
	alone := want[6]
	alone.Rights = nil
	same(t, "a state", one, err, &alone)
	write(t, s, func(tx register.Tx) error {
		return tx.PutState(ctx, register.State{ID: 201, At: zero, Act: register.ActUndo}, 1990)
	})
	one, err = s.State(ctx, 201)
	if err != nil || one.At.Before(want[199].At) {
		t.Errorf("time ran backwards: %+v, %v", one, err)
	}
}

func loads(t *testing.T, s register.Store) {
	at := time.Unix(1_700_000_000, 0).UTC()
	var id, other int64
	f := register.File{Position: 1, Path: "/in/a.csv", Size: 10, SHA256: "ab", As: "made", Status: register.Running, Counts: register.Counts{Entries: 5, New: 4}}
	g := register.File{Position: 2, Path: "/in/b.csv", SHA256: "ab", Status: register.Skipped, Counts: register.Counts{Rejected: 1}}
	write(t, s, func(tx register.Tx) (err error) {
		if other, err = tx.PutLoad(ctx, register.LoadInfo{Status: register.Done, Created: at, First: 6}); err != nil {
			return err
		}
		id, err = tx.PutLoad(ctx, register.LoadInfo{Label: "weekly", As: "made", By: "clerk", Job: 3, Status: register.Running, Created: at, First: 6})
		if err != nil {
			return err
		}
		f.Load, g.Load = id, id
		if f.ID, err = tx.PutFile(ctx, f); err != nil {
			return err
		}
		g.Skipped = f.ID
		g.ID, err = tx.PutFile(ctx, g)
		return err
	})
	f.Status, f.Ordinal, f.Format = register.Done, 5, "made"
	write(t, s, func(tx register.Tx) error {
		for n := int64(7); n <= 9; n++ {
			if err := tx.PutState(ctx, register.State{ID: n, At: at, Act: register.ActLoad, Load: id}, 0); err != nil {
				return err
			}
		}
		if err := tx.PutState(ctx, register.State{ID: 10, At: at, Act: register.ActUndo, Load: id}, 0); err != nil {
			return err
		}
		if _, err := tx.PutFile(ctx, f); err != nil {
			return err
		}
		_, err := tx.PutLoad(ctx, register.LoadInfo{ID: id, Status: register.Undone, Finished: at, Undone: 10})
		return err
	})
	files, err := s.Files(ctx, id)
	same(t, "files", files, err, []register.File{f, g})
	all, err := s.Loads(ctx)
	same(t, "loads", all, err, []register.LoadInfo{
		{ID: other, Status: register.Done, Created: at, First: 6, Last: 6},
		{
			ID: id, Label: "weekly", As: "made", By: "clerk", Job: 3, Status: register.Undone, Created: at, Finished: at,
			First: 7, Last: 9, Undone: 10, Files: 2, Counts: register.Counts{Entries: 5, New: 4, Rejected: 1},
		},
	})
	err = s.Write(ctx, func(tx register.Tx) error {
		_, err := tx.PutLoad(ctx, register.LoadInfo{Job: 3, Created: at})
		return err
	})
	if err == nil {
		t.Error("one job began two loads")
	}
}

func rejects(t *testing.T, s register.Store) {
	var rows []register.RejectRow
	for i := range int64(100) {
		rows = append(rows, register.RejectRow{
			File: 1, Position: register.Position{Member: "a.zip!b.csv", Row: i, Ordinal: i + 1}, Line: i + 2, Offset: 9, Format: "made",
			Code: "row_short", Args: map[string]any{"columns": "3"}, Raw: "a;b",
		})
	}
	write(t, s, func(tx register.Tx) error {
		if _, err := tx.PutFile(ctx, register.File{Load: 1, Position: 1}); err != nil {
			return err
		}
		return tx.PutRejects(ctx, rows)
	})
	got, err := s.Rejects(ctx, 1, 10, 95)
	same(t, "rejects", got, err, rows[95:])
	for range 2 {
		write(t, s, func(tx register.Tx) error {
			return tx.AddTallies(ctx, []register.Tally{{File: 1, What: register.TallyReject, Name: "row_short", N: 50}, {File: 1, What: register.TallyFlag, Name: "x", N: 1}})
		})
	}
	tallies, err := s.Tallies(ctx, 1)
	same(t, "tallies", tallies, err, []register.Tally{{File: 1, What: register.TallyFlag, Name: "x", N: 2}, {File: 1, What: register.TallyReject, Name: "row_short", N: 100}})
}

func overrides(t *testing.T, s register.Store) {
	o := register.Override{Right: 5, Field: "region", Value: "320583", Reason: "昆山", By: "clerk", From: 3}
	write(t, s, func(tx register.Tx) (err error) { o.ID, err = tx.PutOverride(ctx, o); return err })
	o.To = 8
	write(t, s, func(tx register.Tx) error { _, err := tx.PutOverride(ctx, o); return err })
	got, err := s.Overrides(ctx)
	same(t, "overrides", got, err, []register.Override{o})
}

func rulings(t *testing.T, s register.Store) {
	a := register.Ruling{
		Doubt: register.DoubtValue, Act: register.Correct, Key: "app:CN1|address", Field: "address", Was: "苏", Value: "苏州",
		Case: "value:1:x", Cases: 1, Reason: "letter", By: "clerk", From: 3,
	}
	b := a
	b.Undoes, b.Like, b.From = 1, true, 4
	for _, x := range []*register.Ruling{&a, &b} {
		write(t, s, func(tx register.Tx) (err error) { x.ID, err = tx.PutRuling(ctx, *x); return err })
	}
	got, err := s.Rulings(ctx)
	same(t, "rulings", got, err, []register.Ruling{a, b})
}

func successions(t *testing.T, s register.Store) {
	a := register.Succession{Right: 9, Into: 2, From: 4}
	write(t, s, func(tx register.Tx) error { return tx.PutSuccession(ctx, a) })
	a.To = 6
	b := register.Succession{Right: 9, Into: 3, From: 7}
	write(t, s, func(tx register.Tx) error {
		if err := tx.PutSuccession(ctx, a); err != nil {
			return err
		}
		return tx.PutSuccession(ctx, b)
	})
	got, err := s.Successions(ctx)
	same(t, "successions", got, err, []register.Succession{a, b})
}
