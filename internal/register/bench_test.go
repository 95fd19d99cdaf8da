package register_test

import (
	"context"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"onewindow/internal/record"
	"onewindow/internal/register"
)

// bulk is a feed of n documents that are made beforehand, so that a benchmark
// measures the register and not their making.
func bulk(n int64) register.Canonical {
	docs := make([]*record.Document, n)
	for i := range docs {
		docs[i] = bulkDocument(int64(i))
	}
	return register.Canonical{Name: "bulk", Identity: "bulk", Format: "made", N: n, Document: func(i int64) *record.Document {
		d := *docs[i]
		return &d
	}}
}

// BenchmarkLoad stores canonical documents of about 1 KB with a watcher that
// does nothing.
func BenchmarkLoad(b *testing.B) {
	const n = 200_000
	feed := bulk(n)
	for b.Loop() {
		b.StopTimer()
		db := openStore(b, filepath.Join(b.TempDir(), "register.db"))
		r := openOn(b, db)
		stop := r.Watch(r.State(), func(register.Commit) {}, func(err error) { b.Error(err) })
		b.StartTimer()
		if _, err := r.Load(context.Background(), register.LoadSpec{Feed: feed}, nil); err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		stop()
		r.Close()
		db.Close()
		b.StartTimer()
	}
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "docs/s")
}

var loaded = sync.OnceValue(func() *register.Canonical { c := bulk(100_000); return &c })

func loadedRegister(b *testing.B) *register.Register {
	r := open(b)
	if _, err := r.Load(context.Background(), register.LoadSpec{Feed: *loaded()}, nil); err != nil {
		b.Fatal(err)
	}
	return r
}

// BenchmarkScan reads every view.
func BenchmarkScan(b *testing.B) {
	r := loadedRegister(b)
	n := 0
	for b.Loop() {
		err := r.Scan(context.Background(), register.AsOf{}, func(*register.View) error { n++; return nil })
		if err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "rights/s")
}

// BenchmarkByIDs reads a page of 20 views.
func BenchmarkByIDs(b *testing.B) {
	r := loadedRegister(b)
	ids := make([]int64, 20)
	k := int64(0)
	for b.Loop() {
		for i := range ids {
			k = (k + 7919) % 100_000
			ids[i] = k + 1
		}
		views, err := r.ByIDs(context.Background(), ids, register.AsOf{})
		if err != nil || views[19].Gone {
			b.Fatal(err)
		}
	}
}

// BenchmarkMerge makes the view of one statement.
func BenchmarkMerge(b *testing.B) {
	st := []register.Statement{{ID: 1 << 20, File: &register.File{}, Doc: bulkDocument(1)}}
	b.ReportAllocs()
	for b.Loop() {
		register.Merge(1, st, 0)
	}
}

// BenchmarkEncode writes and hashes the canonical form of a document.
func BenchmarkEncode(b *testing.B) {
	d := bulkDocument(1)
	var buf []byte
	b.ReportAllocs()
	for b.Loop() {
		buf = register.Encode(buf[:0], d)
		register.HashOf(buf)
	}
	b.SetBytes(int64(len(buf)))
}

// BenchmarkDecode reads it back.
func BenchmarkDecode(b *testing.B) {
	buf := register.Encode(nil, bulkDocument(1))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := register.Decode(buf); err != nil {
			b.Fatal(err)
		}
	}
	b.SetBytes(int64(len(buf)))
}

// BenchmarkOverrideDuringLoad sets overrides while a load runs, and reports how
// long the slowest of them and the one in the middle took.
func BenchmarkOverrideDuringLoad(b *testing.B) {
	feed := bulk(100_000)
	var took []time.Duration
	for b.Loop() {
		r := open(b)
		load(b, r, file("a", doc("309000001A", "", "样本")))
		done := make(chan error, 1)
		go func() {
			_, err := r.Load(context.Background(), register.LoadSpec{Feed: feed}, nil)
			done <- err
		}()
		for running := true; running; {
			start := time.Now()
			if _, err := r.SetOverride(ctx, register.Override{Right: 1, Field: "region", Value: "320583", Reason: "x", By: "y"}); err != nil {
				b.Fatal(err)
			}
			took = append(took, time.Since(start))
			select {
			case err := <-done:
				if err != nil {
					b.Fatal(err)
				}
				running = false
			case <-time.After(20 * time.Millisecond):
			}
		}
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "ms-median")
	b.ReportMetric(float64(took[len(took)-1].Microseconds())/1000, "ms-worst")
}

// BenchmarkUndo undoes a load of 100,000 documents.
func BenchmarkUndo(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		r := loadedRegister(b)
		b.StartTimer()
		if _, err := r.Undo(ctx, 1, "clerk"); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(100_000*float64(b.N)/b.Elapsed().Seconds(), "docs/s")
}
