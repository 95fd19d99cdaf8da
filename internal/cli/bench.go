package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"runtime/pprof"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"onewindow/internal/bench"
	"onewindow/internal/ierr"
)

func (a *app) bench() *cobra.Command {
	var c bench.Config
	var profile string
	cmd := a.command("bench", &cobra.Command{Use: "bench", Args: a.args(0, 0)})
	flags := cmd.Flags()
	flags.IntVar(&c.Records, "records", 1_000_000, a.flag("bench-records"))
	flags.StringVar(&c.Kinds, "kinds", bench.KindsPatents, a.flag("bench-kinds"))
	flags.IntVar(&c.Before, "before", 1_000_000, a.flag("bench-before"))
	flags.IntVar(&c.Names, "names", bench.MaxNames, a.flag("bench-names"))
	flags.IntVar(&c.Rival, "fts", 200_000, a.flag("bench-fts"))
	flags.StringArrayVar(&c.Files, "gazette", nil, a.flag("bench-gazette"))
	flags.IntVar(&c.Rounds, "rounds", 5, a.flag("bench-rounds"))
	flags.Uint64Var(&c.Seed, "seed", 1, a.flag("bench-seed"))
	flags.StringVar(&c.Region, "region", "", a.flag("bench-region"))
	flags.StringVar(&c.Dir, "dir", "", a.flag("bench-dir"))
	flags.StringVar(&profile, "profile", "", a.flag("bench-profile"))
	flags.Lookup("profile").Hidden = true
	cmd.RunE = func(cmd *cobra.Command, _ []string) (err error) {
		format, err := a.format(usual...)
		if err != nil {
			return err
		}
		if c.Region, err = a.demoRegion(c.Region); err != nil {
			return err
		}
		c.Defs, c.Texts, c.Log = a.defs, a.catalogs, a.log
		c.Rival = min(c.Rival, c.Records)
		if c.Kinds == bench.KindsAll && !flags.Changed("fts") {
			c.Rival = 0 // what it indexes are patents
		}
		if c.Before >= c.Records && !flags.Changed("before") {
			c.Before = 0
		}
		profiles := profiler{path: profile}
		report, err := a.measure(cmd.Context(), c, &profiles)
		if err := profiles.end(); err != nil {
			return err
		}
		if err != nil {
			return err
		}
		return a.emitBench(format, report)
	}
	return cmd
}

// profiler writes profiles of the processors' work, one for each stage; none
// where path is empty.
type profiler struct {
	path string
	out  *os.File
	err  error
}

// next ends the profile of the stage before and begins that of a stage.
func (p *profiler) next(stage string) {
	p.err = p.end()
	if p.path == "" || p.err != nil {
		return
	}
	if p.out, p.err = os.Create(p.path + strings.TrimPrefix(stage, "bench.stage")); p.err == nil {
		p.err = pprof.StartCPUProfile(p.out)
	}
}

func (p *profiler) end() error {
	if p.out == nil {
		return p.err
	}
	pprof.StopCPUProfile()
	err := p.out.Close()
	p.out = nil
	return err
}

// measure runs the measurement, each stage with its own progress.
func (a *app) measure(ctx context.Context, c bench.Config, profiles *profiler) (*bench.Report, error) {
	p := &progress{}
	stage := ""
	defer func() { p.end() }()
	return bench.Run(ctx, c, func(now bench.Progress) {
		if now.Stage != stage {
			p.end()
			stage = now.Stage
			profiles.next(stage)
			p = &progress{out: a.Err, terminal: a.Terminal, width: a.Width, say: a.say}
			if !a.Terminal {
				fmt.Fprintln(a.Err, a.t(stage, nil))
			}
		}
		if now.Total > 0 {
			p.show(measure{label: a.t(stage, nil), done: now.Done, total: now.Total, units: now.Done}, a.Now())
		}
	})
}

func (a *app) emitBench(format string, r *bench.Report) error {
	sheets := a.benchSheets(r)
	switch format {
	case "csv":
		return a.emit(format, nil, func() *sheet { return a.flat(sheets) })
	case "json":
		return a.emit(format, r, nil)
	}
	if _, err := fmt.Fprintln(a.Out, a.t("bench.machine", ierr.Args{
		"system": r.Machine.System, "n": r.Machine.Processors, "go": r.Machine.Go, "records": r.Records,
	})); err != nil {
		return err
	}
	for _, s := range sheets {
		if _, err := io.WriteString(a.Out, "\n"+a.t("bench.part."+s.name, nil)+"\n"); err != nil {
			return err
		}
		if err := s.table(a.Out); err != nil {
			return err
		}
	}
	return nil
}

// benchSheet is one part of the report. Its first column is the stable name of a
// row, its second what people read.
type benchSheet struct {
	*sheet
	name string
}

// flat makes one sheet of all, with a row for each figure.
func (a *app) flat(sheets []benchSheet) *sheet {
	out := &sheet{columns: []column{{name: "part"}, {name: "name"}, {name: "measure"}, {name: "value"}}}
	for _, s := range sheets {
		for _, row := range s.rows {
			for i, c := range s.columns[2:] {
				out.add(s.name, row[0], c.name, row[i+2])
			}
		}
	}
	return out
}

// figures returns an empty part whose columns after the first two are named.
func (a *app) figures(name, second string, columns ...string) benchSheet {
	s := &sheet{columns: []column{{name: "name", plain: true}, {name: second, title: a.t("bench.column."+second, nil), wide: true}}}
	for _, c := range columns {
		s.columns = append(s.columns, column{name: c, title: a.t("bench.column."+c, nil), number: c != "unit" && c != "met"})
	}
	return benchSheet{s, name}
}

// figure writes a number with as many digits as matter.
func figure(v float64) string {
	switch {
	case v >= 100:
		return strconv.FormatInt(int64(v+0.5), 10)
	case v >= 10:
		return strconv.FormatFloat(v, 'f', 1, 64)
	}
	return strconv.FormatFloat(v, 'f', 2, 64)
}

func (a *app) benchSheets(r *bench.Report) []benchSheet {
	out := []benchSheet{a.benchGoals(r)}
	if r.Before != nil {
		out = append(out, a.benchGrowth(r))
	}
	out = append(out, a.benchBuild(r), a.benchQuestions("questions", &r.Mix))
	if r.Wider != nil {
		out = append(out, a.benchQuestions("wider", r.Wider))
	}
	if r.Holders != nil {
		out = append(out, a.benchHolders(r.Holders))
	}
	out = append(out, a.benchCounts(r))
	if r.Rival != nil {
		out = append(out, a.benchRival(r.Rival), a.benchDuels(r.Rival))
	}
	return out
}

func (a *app) benchGoals(r *bench.Report) benchSheet {
	s := a.figures("goals", "figure", "value", "goal", "unit", "met")
	for _, g := range r.Goals() {
		bound, met := "≥ ", a.t("bench.no", nil)
		if g.Most {
			bound = "≤ "
		}
		if g.Met() {
			met = a.t("bench.yes", nil)
		}
		s.add(g.Name, a.t("bench.goal."+g.Name, nil), figure(g.Value), bound+figure(g.Bound), a.t("bench.unit."+g.Unit, nil), met)
	}
	return s
}

func (a *app) benchBuild(r *bench.Report) benchSheet {
	const mb, gib = 1e6, 1 << 30
	s := a.figures("build", "figure", "value", "unit")
	add := func(name string, v float64, unit string) {
		if v > 0 {
			s.add(name, a.t("bench.build."+name, nil), figure(v), a.t("bench.unit."+unit, nil))
		}
	}
	b := &r.Build
	add("seconds", b.Seconds, "s")
	add("rate", b.Rate, "records")
	if r.Before != nil {
		add("last-rate", b.LastRate, "records")
	}
	add("resolving", b.Resolving, "s")
	add("rights", float64(b.Rights), "rights-all")
	add("processors", b.ProcessorSeconds, "s")
	add("share", 100*b.ProcessorSeconds/b.Seconds/float64(r.Machine.Processors), "percent")
	add("invention", b.Invention, "records")
	add("storing", b.Storing, "records")
	add("deriving", b.Deriving, "records")
	add("peak", float64(b.PeakBytes)/gib, "gib")
	add("ask-peak", float64(r.AskPeakBytes)/gib, "gib")
	add("register", float64(b.Size.Register)/mb, "mb")
	add("index", float64(b.Size.Index)/mb, "mb")
	add("columns", float64(b.Size.Columns)/mb, "mb")
	add("parties", float64(b.Size.Parties)/mb, "mb")
	if m := r.Matching; m != nil {
		add("names", float64(m.Names), "names-all")
		add("matching", m.Seconds, "s")
	}
	if f := r.Files; f != nil {
		add("rows", float64(f.Rows), "rows-all")
		add("read-rate", f.ReadRate, "rows")
		add("load-rate", f.LoadRate, "rows")
	}
	add("xml", r.XML.MegabytesPerSecond, "mbs")
	add("xml-rate", r.XML.Rate, "records")
	return s
}

func (a *app) timesOf(t bench.Times) []any { return []any{figure(t.P50), figure(t.P99), figure(t.Max)} }

func (a *app) benchQuestions(name string, m *bench.Mix) benchSheet {
	s := a.figures(name, "question", "hits", "p50", "p99", "max")
	for _, q := range m.Questions {
		s.add(append([]any{q.Name, fmt.Sprintf("%2d %s", q.Number, a.t("bench.question."+q.Name, nil)), q.Hits}, a.timesOf(q.Times)...)...)
	}
	s.add(append([]any{"all", a.t("bench.all", nil), ""}, a.timesOf(m.All)...)...)
	s.add(append([]any{"views", a.t("bench.views", nil), ""}, a.timesOf(m.Views)...)...)
	s.note(a.t("bench.worst", ierr.Args{"name": a.t("bench.question."+m.Worst().Name, nil), "ms": figure(m.Worst().Max)}))
	return s
}

func (a *app) benchCounts(r *bench.Report) benchSheet {
	s := a.figures("counts", "by", "rows", "p50", "p99", "max")
	for _, t := range r.Counts.Tables {
		var names []string
		for _, d := range t.By {
			names = append(names, a.t("dimension."+d, nil))
		}
		title := strings.Join(names, " × ")
		if t.Query != "" {
			title += " (" + t.Query + ")"
		}
		s.add(append([]any{strings.Join(t.By, ","), title, t.Rows}, a.timesOf(t.Times)...)...)
	}
	s.add(append([]any{"all", a.t("bench.all", nil), ""}, a.timesOf(r.Counts.All)...)...)
	return s
}

func (a *app) benchRival(r *bench.Rival) benchSheet {
	const mb = 1e6
	s := a.figures("rival", "figure", "ours", "theirs", "ratio", "unit")
	add := func(name string, ours, theirs, ratio float64, unit string) {
		s.add(name, a.t("bench.rival."+name, nil), figure(ours), figure(theirs), figure(ratio), a.t("bench.unit."+unit, nil))
	}
	add("build", r.OurRate, r.BuildRate, r.OurRate/r.BuildRate, "records")
	add("size", float64(r.OurBytes)/mb, float64(r.Bytes)/mb, float64(r.Bytes)/float64(r.OurBytes), "mb")
	add("median", r.OurAll.P50, r.All.P50, r.Ratio, "ms")
	add("p99", r.OurAll.P99, r.All.P99, r.All.P99/r.OurAll.P99, "ms")
	return s
}

func (a *app) benchDuels(r *bench.Rival) benchSheet {
	s := a.figures("duels", "question", "ours", "theirs", "ratio")
	for _, d := range r.Compared {
		title := fmt.Sprintf("%2d %s", d.Number, a.t("bench.question."+d.Name, nil))
		if d.Skipped != "" {
			s.add(d.Name, title, "", "", "")
			s.note(a.t("bench.skipped", ierr.Args{"name": title, "query": d.Skipped}))
			continue
		}
		s.add(d.Name, title, figure(d.Ours.P50), figure(d.Theirs.P50), figure(d.Theirs.P50/d.Ours.P50))
		if d.Differ > 0 {
			s.note(a.t("bench.differ", ierr.Args{"name": title, "n": d.Differ, "query": d.Witness, "ours": d.OurTotal, "theirs": d.Total}))
		}
	}
	return s
}
