package bench

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"time"

	"onewindow/internal/find"
)

// rival puts the mix to SQLite's full-text index and to ours, over the same
// records, and compares.
func (r *run) rival(ctx context.Context) error {
	if r.Rival == 0 {
		return nil
	}
	h, err := r.openRegister(ctx, r.folder("rival"))
	if err != nil {
		return err
	}
	defer h.close()
	if err := r.load(ctx, h, r.Rival, "bench.stage.rival-load"); err != nil {
		return err
	}
	out := &Rival{Records: r.Rival}
	start := time.Now()
	if err := r.openIndex(h); err != nil {
		return err
	}
	if err := h.finder.Sync(ctx, h.register.State()); err != nil {
		return err
	}
	out.OurRate = float64(r.Rival) / time.Since(start).Seconds()
	size, err := h.sizes()
	if err != nil {
		return err
	}
	out.OurBytes = size.Index + size.Columns

	path := filepath.Join(h.dir, "rival.db")
	start = time.Now()
	table, err := r.buildRival(ctx, path, h)
	if err != nil {
		return err
	}
	defer table.db.Close()
	out.BuildRate = float64(r.Rival) / time.Since(start).Seconds()
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	out.Bytes = info.Size()
	if err := r.duel(ctx, h, table, out); err != nil {
		return err
	}
	r.report.Rival = out
	return nil
}

// duel asks both engines every question in every wording, in turn.
func (r *run) duel(ctx context.Context, h *house, table *rivalTable, out *Rival) error {
	cities, counties := r.names()
	mix := r.corpus.Mix(r.Rival, cities, counties)
	ours, theirs := make([]durations, len(mix)), make([]durations, len(mix))
	out.Compared = make([]Duel, len(mix))
	for n := range Draws + warmDraws {
		draw := (n + Draws) % (Draws + warmDraws) // those that warm up come first
		r.tell(Progress{"bench.stage.rival", int64(n), Draws + warmDraws})
		for i := range mix {
			d := &out.Compared[i]
			d.Number, d.Name = mix[i].Number, mix[i].Name
			if d.Skipped != "" {
				continue
			}
			our, their, err := r.round(ctx, h, table, mix[i].request(draw), d)
			if err != nil {
				return err
			}
			if draw < Draws && d.Skipped == "" {
				ours[i], theirs[i] = append(ours[i], our), append(theirs[i], their)
			}
		}
	}
	var all, ourAll durations
	for i := range mix {
		out.Compared[i].Ours, out.Compared[i].Theirs = ours[i].times(), theirs[i].times()
		all, ourAll = append(all, theirs[i]...), append(ourAll, ours[i]...)
	}
	out.All, out.OurAll = all.times(), ourAll.times()
	if out.OurAll.P50 > 0 {
		out.Ratio = out.All.P50 / out.OurAll.P50
	}
	return nil
}

// round asks both one question and compares the totals.
func (r *run) round(ctx context.Context, h *house, table *rivalTable, q find.Request, d *Duel) (our, their time.Duration, err error) {
	start := time.Now()
	res, err := h.finder.Search(ctx, find.Public(), q)
	our = time.Since(start)
	if err != nil {
		return 0, 0, err
	}
	parsed, err := h.finder.Parse(q.Query)
	if err != nil {
		return 0, 0, err
	}
	asked, ok := table.translate(parsed.Root)
	if !ok {
		d.Skipped = q.Query
		return 0, 0, nil
	}
	start = time.Now()
	answer, err := table.ask(ctx, asked, res.Sort == find.ByDate)
	their = time.Since(start)
	if err != nil {
		return 0, 0, err
	}
	d.OurTotal, d.Total = d.OurTotal+res.Total, d.Total+answer.total
	if !answer.agrees(res) {
		d.Differ++
		d.Witness = q.Query
	}
	return our, their, nil
}

// rivalAnswer is what a page of results needs.
type rivalAnswer struct {
	total  int64
	hits   []int64
	facets [][]int64 // counts of the groups of each default facet
}

// agrees tells whether the totals are equal, and whether there are as many hits
// and as many groups in each facet.
func (a *rivalAnswer) agrees(res *find.Result) bool {
	if a.total != res.Total || len(a.hits) != len(res.Hits) {
		return false
	}
	for i, f := range res.Facets {
		if len(f.Values) != len(a.facets[i]) {
			return false
		}
	}
	return true
}

// ask puts a question: hits with what is counted go to a table in memory, from
// which total, facets and the first hits are taken.
func (t *rivalTable) ask(ctx context.Context, q rivalQuery, byDay bool) (*rivalAnswer, error) {
	if _, err := t.exec(ctx, "DELETE FROM hit"); err != nil {
		return nil, err
	}
	if _, err := t.exec(ctx, q.sql(), q.args...); err != nil {
		return nil, err
	}
	a := &rivalAnswer{}
	if err := t.one(ctx, "SELECT count(*) FROM hit", &a.total); err != nil {
		return nil, err
	}
	for _, column := range []string{"year", "city", "kind", "holder_type", "field"} {
		counts, err := t.column(ctx, "SELECT count(*), "+column+" FROM hit GROUP BY "+column)
		if err != nil {
			return nil, err
		}
		a.facets = append(a.facets, counts)
	}
	order := "score, id"
	if byDay {
		order = "latest DESC, id"
	}
	var err error
	a.hits, err = t.column(ctx, "SELECT id, 0 FROM hit ORDER BY "+order+" LIMIT 20")
	return a, err
}

// column returns the first of two columns.
func (t *rivalTable) column(ctx context.Context, query string) ([]int64, error) {
	st, err := t.prepare(ctx, query)
	if err != nil {
		return nil, err
	}
	rows, err := st.QueryContext(ctx)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []int64
	for rows.Next() {
		var n int64
		var group sql.NullInt64
		if err := rows.Scan(&n, &group); err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	return out, rows.Err()
}
