package bench

import (
	"io"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"onewindow/defs"
	"onewindow/internal/i18n"
	"onewindow/internal/ierr"
	"onewindow/internal/region"
	"onewindow/internal/sample"
)

func config(t *testing.T) Config {
	t.Helper()
	texts, err := i18n.Load(defs.FS)
	if err != nil {
		t.Fatal(err)
	}
	return Config{
		Records: 3000, Rival: 1000, Seed: 1, Rounds: 1, Dir: t.TempDir(),
		Region: "jiangsu", Defs: defs.FS, Texts: texts, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	}
}

func TestARunMeasuresEverythingAndBothEnginesAgree(t *testing.T) {
	c := config(t)
	pack, err := region.Load(defs.FS, "jiangsu")
	if err != nil {
		t.Fatal(err)
	}
	paths, err := sample.Write(t.TempDir(), pack, 200, 1)
	if err != nil {
		t.Fatal(err)
	}
	c.Files = paths
	stages := map[string]bool{}
	r, err := Run(t.Context(), c, func(p Progress) {
		stages[p.Stage] = true
		if p.Done > p.Total {
			t.Errorf("%s: %d of %d", p.Stage, p.Done, p.Total)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if left, _ := filepath.Glob(filepath.Join(c.Dir, "*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	for name, v := range map[string]float64{
		"build": r.Build.Rate, "invention": r.Build.Invention, "storing": r.Build.Storing, "deriving": r.Build.Deriving,
		"register": float64(r.Build.Size.Register), "index": float64(r.Build.Size.Index), "columns": float64(r.Build.Size.Columns),
		"opening": r.OpenSeconds, "mix": r.Mix.All.P50, "views": r.Mix.Views.P50, "counts": r.Counts.All.P50,
		"reading files": r.Files.ReadRate, "loading files": r.Files.LoadRate, "xml": r.XML.MegabytesPerSecond,
		"rival's build": r.Rival.BuildRate, "our build": r.Rival.OurRate, "rival's size": float64(r.Rival.Bytes), "our size": float64(r.Rival.OurBytes),
		"ratio": r.Rival.Ratio,
	} {
		if v <= 0 {
			t.Errorf("%s was not measured", name)
		}
	}
	if len(r.Mix.Questions) != 40 || len(r.Counts.Tables) != 120 || len(stages) != 11 {
		t.Errorf("%d questions, %d tables, stages %v", len(r.Mix.Questions), len(r.Counts.Tables), stages)
	}
	nothing := map[string]bool{"nothing": true}
	for _, q := range r.Mix.Questions {
		if (q.Hits == 0) != nothing[q.Name] && q.N != Draws {
			t.Errorf("%s: %d hits in %d questions", q.Name, q.Hits, q.N)
		}
		for _, lang := range c.Texts.Langs() {
			if !c.Texts.Printer(lang).Has("bench.question." + q.Name) {
				t.Errorf("%s has no name in %s", q.Name, lang)
			}
		}
	}
	for _, table := range r.Counts.Tables {
		if table.Query == "" && table.Total != int64(c.Records) {
			t.Errorf("%v counts %d of %d records", table.By, table.Total, c.Records)
		}
	}
	skipped := map[string]bool{"wildcard": true}
	for _, d := range r.Rival.Compared {
		if d.Differ > 0 {
			t.Errorf("%s: %d wordings differ, such as %s (%d and %d in all)", d.Name, d.Differ, d.Witness, d.OurTotal, d.Total)
		}
		if (d.Skipped != "") != skipped[d.Name] {
			t.Errorf("%s was skipped: %q", d.Name, d.Skipped)
		}
	}
	for _, fig := range r.Goals() {
		if fig.Value == 0 {
			t.Errorf("goal %s has no value", fig.Name)
		}
	}
}

func TestARunOverAllKindsMeasuresPartiesAndGrowth(t *testing.T) {
	c := config(t)
	c.Kinds, c.Records, c.Before, c.Names, c.Rival = KindsAll, 4000, 2000, 1000, 0
	r, err := Run(t.Context(), c, nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, v := range map[string]float64{
		"rate": r.Build.LastRate, "rights": float64(r.Build.Rights), "parties": float64(r.Build.Size.Parties), "wider": r.Wider.All.P50,
		"holders": r.Holders.All.P50, "largest": r.Holders.Largest.P50, "rights of the largest": float64(r.Holders.Rights),
		"matching": r.Matching.Seconds, "parties matched": float64(r.Matching.Parties), "asked": float64(r.Holders.Asked),
	} {
		if v <= 0 {
			t.Errorf("%s was not measured", name)
		}
	}
	if r.Matching.Parties >= r.Matching.Names {
		t.Errorf("%d names make %d parties", r.Matching.Names, r.Matching.Parties)
	}
	if r.Build.Rights >= int64(c.Records) || r.Before.Build.Rights >= r.Build.Rights {
		t.Errorf("%d records are about %d rights, %d on the way", c.Records, r.Build.Rights, r.Before.Build.Rights)
	}
	if len(r.Mix.Questions) != 40 || len(r.Wider.Questions) != 10 || len(r.Before.Mix.Questions) != 40 {
		t.Errorf("%d and %d questions, %d on the way", len(r.Mix.Questions), len(r.Wider.Questions), len(r.Before.Mix.Questions))
	}
	few := map[string]bool{"software": true, "mark-latin": true, "nice-goods": true} // found by chance among few records
	for _, q := range r.Wider.Questions {
		if !few[q.Name] && q.Hits == 0 {
			t.Errorf("%s finds nothing, such as %s", q.Name, q.Example)
		}
	}
	for _, lang := range c.Texts.Langs() {
		say := c.Texts.Printer(lang)
		for _, q := range r.Wider.Questions {
			if !say.Has("bench.question." + q.Name) {
				t.Errorf("%s has no name in %s", q.Name, lang)
			}
		}
		for _, g := range r.Growth() {
			if !say.Has("bench.growth."+g.Name) || !say.Has("bench.unit."+g.Unit) || g.After < 0 {
				t.Errorf("%+v has no name in %s", g, lang)
			}
		}
	}
}

func TestRunsBeyondTheLimitsAreRefused(t *testing.T) {
	for _, change := range []func(*Config){
		func(c *Config) { c.Records = MinRecords - 1 },
		func(c *Config) { c.Records = MaxRecords + 1 },
		func(c *Config) { c.Rival = -1 },
		func(c *Config) { c.Rival = c.Records + 1 },
		func(c *Config) { c.Kinds = "absent" },
		func(c *Config) { c.Kinds = KindsAll },
		func(c *Config) { c.Before = pieceOf },
		func(c *Config) { c.Before = c.Records },
		func(c *Config) { c.Before = MinRecords + 1 },
		func(c *Config) { c.Names = -1 },
		func(c *Config) { c.Names = MaxNames + 1 },
		func(c *Config) { c.Region = "absent" },
		func(c *Config) { c.Dir = filepath.Join(c.Dir, "absent") },
		func(c *Config) {
			c.Files = []string{filepath.Join(c.Dir, "absent")}
			c.Records, c.Rival = MinRecords, 0
		},
	} {
		c := config(t)
		change(&c)
		if _, err := Run(t.Context(), c, nil); ierr.KindOf(err) == ierr.Internal || err == nil {
			t.Errorf("%v", err)
		}
	}
}

func TestTimesAreOfTheNearestRank(t *testing.T) {
	var d durations
	for i := range 100 {
		d = append(d, (100-time.Duration(i))*time.Millisecond)
	}
	if got, want := d.times(), (Times{N: 100, P50: 50, P99: 99, Max: 100}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got := (durations{time.Second}).times(); got.P50 != 1000 || got.P99 != 1000 {
		t.Errorf("%+v", got)
	}
}
