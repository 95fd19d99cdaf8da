package search

import (
	"context"
	"errors"
	"log/slog"
	"slices"

	"onewindow/internal/ierr"
)

// Segments are merged in tiers: tier 0 holds segments of up to tierDocs slots,
// each further tier tierWidth times as many. When tierWidth neighbours stand in
// one tier or below, they become one.
const (
	tierDocs  = 4096
	tierWidth = 8
)

func tierOf(slots uint32) int {
	t := 0
	for n := uint64(tierDocs); n < uint64(slots); n *= tierWidth {
		t++
	}
	return t
}

// due chooses the neighbours to merge next; none if there is nothing to do. A
// segment of which more than a third is deleted is written anew alone.
func due(views []*segmentView) []*segmentView {
	for t := 0; t <= tierOf(1<<31); t++ {
		from := 0
		for i := 0; i <= len(views); i++ {
			if i < len(views) && tierOf(views[i].slots) <= t {
				continue
			}
			if i-from >= tierWidth {
				return views[from:i]
			}
			from = i + 1
		}
	}
	for i, v := range views {
		if dead := v.mask.count() - (v.slots - v.docs); v.docs > tierDocs && dead > v.docs/3 {
			return views[i : i+1]
		}
	}
	return nil
}

// mergeInBackground starts merging if something is due; ix.mu is held.
func (ix *Index) mergeInBackground() {
	if ix.closed || due(ix.views) == nil || !ix.merging.TryLock() {
		return
	}
	ix.bg.Go(func() {
		defer ix.merging.Unlock()
		for {
			ix.mu.Lock()
			views := slices.Clone(due(ix.views))
			for _, v := range views {
				v.retain()
			}
			ix.mu.Unlock()
			if len(views) == 0 {
				return
			}
			err := ix.merge(ix.ctx, views)
			for _, v := range views {
				v.release()
			}
			if err != nil {
				ix.mergeFailed(err)
				return
			}
		}
	})
}

// mergeFailed keeps the error for Close: nothing is lost, the segments stand.
func (ix *Index) mergeFailed(err error) {
	if errors.Is(err, context.Canceled) || ierr.KindOf(err) == ierr.Busy {
		return
	}
	slog.Error("merge of the text index failed", "dir", ix.dir, "err", err)
	ix.mu.Lock()
	ix.bgErr = err
	ix.mu.Unlock()
}
