package quality

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"onewindow/internal/register"
)

// rejects holds what loads rejected in groups of like entries. No commit tells of
// them, so they are read again when the loads or the rulings on them have changed.
type rejects struct {
	mu   sync.Mutex
	seen string
	held *index
}

// rejectsPage is how many are read at once.
const rejectsPage = 5000

// readRejects returns the rejected entries of all loads that stand.
func (d *Desk) readRejects(ctx context.Context) (*index, error) {
	d.rejects.mu.Lock()
	defer d.rejects.mu.Unlock()
	loads, err := d.config.Register.Loads(ctx)
	if err != nil {
		return nil, err
	}
	ruled := 0
	for _, r := range d.config.Register.Rulings() {
		if r.Doubt == register.DoubtReject {
			ruled += 2
			if r.To != 0 {
				ruled++
			}
		}
	}
	seen := strconv.Itoa(ruled)
	for i := range loads {
		seen += fmt.Sprintf(" %d.%d.%d", loads[i].ID, loads[i].Undone, loads[i].Counts.Rejected)
	}
	if d.rejects.held != nil && d.rejects.seen == seen {
		return d.rejects.held, nil
	}
	out := newIndex()
	for i := range loads {
		if l := &loads[i]; l.Undone == 0 && l.Counts.Rejected > 0 {
			if err := d.rejectsOf(ctx, l.ID, &out); err != nil {
				return nil, err
			}
		}
	}
	out.version = d.rejects.version() + 1
	d.rejects.seen, d.rejects.held = seen, &out
	return &out, nil
}

func (r *rejects) version() int64 {
	if r.held == nil {
		return 0
	}
	return r.held.version
}

func (d *Desk) rejectsOf(ctx context.Context, load int64, out *index) error {
	files, err := d.config.Register.Files(ctx, load)
	if err != nil {
		return err
	}
	sums := map[int64]string{}
	for _, f := range files {
		sums[f.ID] = f.SHA256
	}
	for offset := 0; ; offset += rejectsPage {
		rows, err := d.config.Register.Rejects(ctx, load, rejectsPage, offset)
		if err != nil {
			return err
		}
		for i := range rows {
			r := &rows[i]
			g := out.Groups[out.group(Reject, rejectKey(r))]
			l := line{Right: uint32(r.File), Load: uint32(load), Detail: uint32(r.Position.Ordinal), Format: out.name(r.Format)}
			if x := d.config.Register.Ruled(register.DoubtReject, entryKey(sums[r.File], r.Position.Ordinal)); x != nil {
				l.Decided = x.ID
			}
			g.add(l)
		}
		if len(rows) < rejectsPage {
			return nil
		}
	}
}

// rejectKey names the entries that are rejected alike: by format, reason and the
// shape of what stood there.
func rejectKey(r *register.RejectRow) string {
	return strings.Join([]string{r.Format, r.Code, shape(r.Raw)}, "|")
}

// entryKey names one entry of a file by what the file holds, so that it is the same
// when the file is loaded again.
func entryKey(sum string, ordinal int64) string {
	return register.CaseKey("file:"+sum, strconv.FormatInt(ordinal, 10))
}
