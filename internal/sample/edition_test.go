package sample

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"onewindow/defs"
	"onewindow/internal/classify"
	"onewindow/internal/date"
	"onewindow/internal/record"
	"onewindow/internal/region"
	"onewindow/internal/source"
	"onewindow/internal/source/tabular"
)

const varied = 400 // rights beside the parts

// small is an edition with a few rights everywhere.
func small(pack *region.Pack) Edition {
	e := Edition{
		Year: 2020, Inventions: map[Cell]int{}, Granted: 60, Marks: map[string]int{}, Products: map[string]int{}, NewMarks: 5,
		Works: map[int]map[string]int{2020: {}, 2019: {}}, Other: pack.Other(), Beside: []string{"320583"},
	}
	for i, code := range pack.Children(pack.Code()) {
		if u := pack.Unit(code); u == nil || u.Level() != region.CityLevel || !u.Valid(0) {
			continue
		}
		for k, sort := range []string{enterprise, university, research, government, individual} {
			e.Inventions[Cell{code, sort}] = 12 + i + k
		}
		e.Marks[code], e.Products[code] = 3+i, i%3
		e.Works[2020][code], e.Works[2019][code] = 20+i, 9+2*i
	}
	e.Works[2020]["320583"], e.Works[2019]["320583"] = 7, 6
	e.Inventions[Cell{e.Other, enterprise}], e.Inventions[Cell{e.Other, individual}] = 4, 1
	return e
}

// reader reads files as a load does and classifies what they hold.
type reader struct {
	t        *testing.T
	pack     *region.Pack
	classify *classify.Classifier
	options  source.Options
}

func (r *reader) read(paths []string, each func(d *record.Document, c classify.Result)) {
	r.t.Helper()
	files, err := source.Find(r.t.Context(), paths, nil)
	if err != nil {
		r.t.Fatal(err)
	}
	for _, f := range files {
		sum, err := source.Read(r.t.Context(), f, r.options, func(e source.Entry) error {
			if e.Doc != nil {
				each(e.Doc, r.classify.Document(e.Doc))
			}
			return nil
		})
		if err != nil || sum.Documents == 0 || sum.Rejected != 0 {
			r.t.Fatalf("%s: %d documents, %d rejects, %v", f.Path, sum.Documents, sum.Rejected, err)
		}
	}
}

// TestPartsAgreeWithTheEdition: read and classified as any files are, the rights and
// what befell them come to the numbers of the edition.
func TestPartsAgreeWithTheEdition(t *testing.T) {
	pack, err := region.Load(defs.FS, "jiangsu")
	if err != nil {
		t.Fatal(err)
	}
	r := &reader{t: t, pack: pack}
	if r.classify, err = classify.New(pack, defs.FS); err != nil {
		t.Fatal(err)
	}
	tables, err := tabular.Load(defs.FS)
	if err != nil {
		t.Fatal(err)
	}
	r.options.More = tables.Formats()
	e := small(pack)
	parts, err := Parts(pack, e, varied, 1)
	if err != nil {
		t.Fatal(err)
	}
	got := small(pack)
	got.Inventions, got.Marks, got.Products, got.Works = map[Cell]int{}, map[string]int{}, map[string]int{}, map[int]map[string]int{2020: {}, 2019: {}}
	got.Granted, got.NewMarks = 0, 0
	end := date.Of(2020, 12, 31)

	byNumber := map[string]*held{} // inventions by application number
	keep := func(d *record.Document, c classify.Result) {
		if d.Kind != record.Invention || d.Code != "B" {
			return
		}
		unit := pack.City(c.Region.Code)
		if c.Region.Code == e.Other {
			unit = e.Other
		}
		byNumber[d.Application.Number] = &held{cell: Cell{unit, c.HolderType.Code}, filed: d.Application.Filed, granted: d.Published}
	}
	dir := t.TempDir()
	paths, err := Write(dir, pack, varied, 1)
	if err != nil {
		t.Fatal(err)
	}
	byID := map[string]*record.Document{} // applications, for the gazette leaves damaged numbers
	r.read(paths[:1], func(d *record.Document, _ classify.Result) { byID[d.Number] = d })
	r.read(paths[1:], func(d *record.Document, c classify.Result) {
		if a := byID[d.Number]; a != nil {
			d.Application = a.Application
		}
		keep(d, c)
	})
	records := 0
	for _, p := range parts {
		paths, err := p.Write(dir)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		r.read(paths, func(d *record.Document, c classify.Result) {
			n++
			if p := d.Principal(); p != nil && !strings.Contains(p.Name(), "样") {
				t.Errorf("%s %s: %q is not marked as sample", d.Kind, d.DocID(), p.Name())
			}
			switch unit := pack.City(c.Region.Code); {
			case len(d.Events) > 0:
				byNumber[d.Application.Number].happens(t, d)
			case d.Kind == record.Invention:
				keep(d, c)
			case d.Kind == record.Indication && d.Status.Code == "protected" && d.Published <= end:
				got.Products[unit]++
			case d.Kind == record.Trademark && slices.Contains(d.Mark.Types, record.MarkGeographical) && d.Status.Code == "registered" && d.Published <= end:
				got.Marks[unit]++
				if d.Published.Year() == 2020 {
					got.NewMarks++
				}
			case d.Kind == record.Work && got.Works[d.Published.Year()] != nil:
				if c.Region.Code == e.Beside[0] {
					unit = c.Region.Code
				}
				got.Works[d.Published.Year()][unit]++
			}
		})
		if n < p.Records*7/10 || n > p.Records*14/10+200 {
			t.Errorf("%s: %d records were promised, %d are there", p.Name, p.Records, n)
		}
		records += n
	}
	fates := map[string]int{}
	for number, h := range byNumber {
		why := h.ended(end)
		fates[why]++
		if h.granted.Year() == 2020 {
			got.Granted++
		}
		if why != "" {
			continue
		}
		got.Inventions[h.cell]++
		if h.paid.AddDays(1) <= end {
			t.Errorf("%s of %s, granted %s: paid until %s", number, h.filed, h.granted, h.paid)
		}
	}
	for _, why := range []string{"", "granted later", "term", "lapse", "abandoned", "invalidated", "expired"} {
		if fates[why] == 0 {
			t.Errorf("nothing %q among %v", why, fates)
		}
	}
	maps.DeleteFunc(e.Inventions, func(_ Cell, n int) bool { return n == 0 })
	maps.DeleteFunc(e.Products, func(_ string, n int) bool { return n == 0 })
	delete(got.Inventions, Cell{"", enterprise}) // held elsewhere
	if g, w := fmt.Sprint(got), fmt.Sprint(e); g != w {
		t.Errorf("the parts come to\n%s\nand the edition has\n%s", g, w)
	}
}

// held is what is read of an invention.
type held struct {
	cell           Cell
	filed, granted date.Date
	paid           date.Date // last day that an annuity is stated to be paid for
	events         []record.Event
}

func (h *held) happens(t *testing.T, d *record.Document) {
	if h == nil {
		t.Fatalf("something happens to %s, which is not there", d.Application.Number)
	}
	for _, e := range d.Events {
		if e.Code == record.EventAnnuity {
			h.paid = e.Until
			if until := h.filed.AddMonths(12 * annuityYear(t, e)).AddDays(-1); until != e.Until {
				t.Errorf("%s of %s: year %d ends on %s, not %s", d.Application.Number, h.filed, annuityYear(t, e), until, e.Until)
			}
		} else {
			h.events = append(h.events, e)
		}
	}
}

func annuityYear(t *testing.T, e record.Event) (n int) {
	for _, f := range e.Facts {
		if f.Name == record.FactAnnuityYear {
			if _, err := fmt.Sscan(f.Text, &n); err != nil {
				t.Fatal(err)
			}
		}
	}
	return n
}

// ended says why an invention is not in force at the end of a day, "" where it is.
func (h *held) ended(on date.Date) string {
	if h.granted > on {
		return "granted later"
	}
	why := ""
	for _, e := range h.events { // by their days
		switch {
		case e.Date > on || strings.Contains(e.Text, "部分"):
		case e.Code == record.EventRestored:
			why = ""
		default:
			why = string(e.Code)
		}
	}
	if why == "" && h.filed.AddMonths(240) < on {
		why = "term"
	}
	if h.paid == 0 { // paid with the grant
		h.paid = h.filed.AddMonths(12 * yearFrom(h.filed, h.granted))
	}
	return why
}
