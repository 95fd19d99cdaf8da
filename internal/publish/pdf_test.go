package publish

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"onewindow/defs"
	"onewindow/internal/chart"
	"onewindow/internal/font"
	"onewindow/internal/paper"
)

// printedPages writes a document as PDF, twice to see that it comes out the same.
func printedPages(t testing.TB, e *Edition, lang string) []byte {
	t.Helper()
	var a, b bytes.Buffer
	for _, w := range []*bytes.Buffer{&a, &b} {
		if err := writePDF(e, e.Doc(lang), w); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Errorf("%s: the same edition came out as different bytes", lang)
	}
	return a.Bytes()
}

// tool runs a tool on a file; it skips the test where there is no such tool.
func tool(t testing.TB, file []byte, name string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		t.Skipf("there is no %s here", name)
	}
	path := filepath.Join(t.TempDir(), "file.pdf")
	if err := os.WriteFile(path, file, 0o644); err != nil {
		t.Fatal(err)
	}
	for i, a := range args {
		if a == "FILE" {
			args[i] = path
		}
	}
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
	return string(out)
}

// texts returns the text of every page.
func texts(t testing.TB, file []byte) []string {
	t.Helper()
	all := tool(t, file, "pdftotext", "-raw", "-enc", "UTF-8", "FILE", "-")
	return strings.Split(strings.TrimSuffix(all, "\f"), "\f")
}

// solid returns a text without white space.
func solid(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

func TestPagesAreSoundFiles(t *testing.T) {
	e := small(t, "Small", smallText, smallSpec)
	for _, d := range e.Made.Docs {
		file := printedPages(t, e, d.Lang)
		tool(t, file, "qpdf", "--check", "FILE")
		fonts := strings.Split(strings.TrimSpace(tool(t, file, "pdffonts", "FILE")), "\n")[2:]
		if len(fonts) != 2 {
			t.Errorf("%s: %d faces", d.Lang, len(fonts))
		}
		for _, f := range fonts {
			if !strings.Contains(f, " yes yes yes ") {
				t.Errorf("%s: a face is not embedded as a subset with its characters: %s", d.Lang, f)
			}
		}
		info := tool(t, file, "pdfinfo", "FILE")
		for _, want := range []string{d.Title, "Tagged:          yes", "(A4)", "Apr 26 00:00:00 2021"} {
			if !strings.Contains(info, want) {
				t.Errorf("%s: the file does not say %q of itself:\n%s", d.Lang, want, info)
			}
		}
	}
}

func TestPagesReadInOrder(t *testing.T) {
	e := small(t, "Small", smallText, smallSpec)
	for _, d := range e.Made.Docs {
		all := solid(strings.Join(texts(t, printedPages(t, e, d.Lang)), ""))
		at := 0
		paper.Walk(d.Blocks, func(b *paper.Block) {
			if b.Kind != paper.Paragraph && b.Kind != paper.Heading {
				return
			}
			text := ""
			for _, s := range b.Spans {
				if s.Kind == paper.Mark {
					text += num(s.N)
				} else {
					text += s.Text
				}
			}
			i := strings.Index(all[at:], solid(text))
			if i < 0 {
				t.Errorf("%s: %q does not stand where it should", d.Lang, text)
				return
			}
			at += i
		})
	}
}

// TestEveryPageOfTheLargePaper looks at what each page says.
func TestEveryPageOfTheLargePaper(t *testing.T) {
	if testing.Short() {
		t.Skip("lays out a large paper")
	}
	e := edition(t, defs.FS, "jiangsu-2020")
	for _, d := range e.Made.Docs {
		pages := texts(t, printedPages(t, e, d.Lang))
		sample := e.say(d).T("paper.sample.word", nil)
		for i, p := range pages {
			if !strings.Contains(p, sample) {
				t.Errorf("%s: page %d does not say that it is of a sample", d.Lang, i+1)
			}
		}
		all := solid(strings.Join(pages, ""))
		for _, table := range d.Tables {
			for _, r := range table.Rows {
				row := r.Name
				for _, c := range r.Cells {
					row += c.Text + c.Note
				}
				if !strings.Contains(all, solid(row)) {
					t.Errorf("%s: the row %q of %s is not there", d.Lang, row, table.ID)
				}
			}
		}
		paper.Walk(d.Blocks, func(b *paper.Block) {
			for _, s := range b.Spans {
				if s.Kind == paper.Number && !strings.Contains(all, solid(s.Text)) {
					t.Errorf("%s: the number %s is not there", d.Lang, s.Text)
				}
			}
		})
	}
}

func TestNumbersLeadToTheirDefinitions(t *testing.T) {
	e := small(t, "Small", smallText, smallSpec)
	for _, d := range e.Made.Docs {
		b := newBook(e, d)
		numbers := 0
		for _, s := range b.pages() {
			for _, door := range s.doors {
				if id, inside := strings.CutPrefix(door.to, "#"); inside {
					if _, ok := b.body.places[id]; !ok {
						t.Errorf("%s: %q leads to %s, which is nowhere", d.Lang, door.says, door.to)
					}
					if strings.HasPrefix(id, "d-") {
						numbers++
					}
				}
				if door.x < sheetSide-1 || door.x+door.w > s.width()-sheetSide+1 {
					t.Errorf("%s: %q lies beyond the margins", d.Lang, door.says)
				}
			}
		}
		if numbers < 40 {
			t.Errorf("%s: %d numbers lead to their definitions", d.Lang, numbers)
		}
	}
}

// TestGoldenPages compares the text of a small paper's pages with what it was; -update
// renews it.
func TestGoldenPages(t *testing.T) {
	e := small(t, "Small", smallText, smallSpec)
	for _, d := range e.Made.Docs {
		var got strings.Builder
		for i, p := range texts(t, printedPages(t, e, d.Lang)) {
			fmt.Fprintf(&got, "== %d\n", i+1)
			for row := range strings.Lines(p) {
				if row = strings.Join(strings.Fields(row), " "); row != "" {
					fmt.Fprintln(&got, row)
				}
			}
		}
		file := filepath.Join("testdata", "pages."+d.Lang+".txt")
		if *update {
			if err := os.WriteFile(file, []byte(got.String()), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if got.String() != string(want) {
			t.Errorf("%s has changed (run with -update if it should):\n%s", file, got.String())
		}
	}
}

func TestPagesOfOddPapers(t *testing.T) {
	wide := "tables:\n  - id: wide\n    titles: {en: Wide, zh: 宽}\n    rows: [units, whole]\n    columns:\n"
	for i := range 50 {
		wide += fmt.Sprintf("      - {figure: patent.valid_invention, heads: {en: Column %d, zh: 第%d列}}\n", i+1, i+1)
	}
	tests := []struct {
		name, title, text, spec string
		says                    []string
	}{
		{"fifty columns", "Wide", "{{table wide}}\n", wide, []string{"50", "70,428"}},
		{"a long title", strings.Repeat("Long ", 399) + "title", "Words.\n", "", []string{"Long Long Long", "title", "Words."}},
		{"a long title in Chinese", strings.Repeat("长题名", 667), "Words.\n", "", []string{"长题名长题名", "Words."}},
		{"an empty paper", "Empty", "", "", []string{"Empty"}},
		{"signs that the typeface lacks", "Odd 😀 \u202eend", "A\u200bB 😀.\n", "", []string{"Odd 〓 end", "AB 〓."}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e := small(t, tt.title, tt.text, tt.spec)
			for _, d := range e.Made.Docs {
				file := printedPages(t, e, d.Lang)
				tool(t, file, "qpdf", "--check", "FILE")
				all := solid(strings.Join(texts(t, file), ""))
				for _, want := range tt.says {
					if !strings.Contains(all, solid(want)) {
						t.Errorf("%s: %q is not there", d.Lang, want)
					}
				}
			}
		})
	}
}

func TestTablesThatCannotBePrintedAreRefused(t *testing.T) {
	spec := "tables:\n  - id: tall\n    titles: {en: Tall, zh: 高}\n    rows: [whole]\n    columns: [{figure: patent.valid_invention, heads: {en: " + strings.Repeat("word ", 2000) + ", zh: 高}}]\n"
	e := small(t, "Tall", "{{table tall}}\n", spec)
	err := writePDF(e, e.Doc("en"), new(bytes.Buffer))
	if err == nil || !strings.Contains(e.Printers["en"].Error(err), "tall") {
		t.Errorf("a head of 10,000 characters: %v", err)
	}
}

func TestWideTablesKeepAllColumns(t *testing.T) {
	for _, columns := range []int{1, 2, 8, 12, 20, 50} {
		for _, text := range []string{"1", "1,234,567", strings.Repeat("9", 60)} {
			table := &paper.Table{Stub: "Region", Rows: []paper.Row{{Name: strings.Repeat("Name ", columns)}}}
			for range columns {
				table.Columns = append(table.Columns, paper.ColumnHead{Head: "A head of some words", Unit: "pieces"})
				table.Rows[0].Cells = append(table.Rows[0].Cells, paper.Cell{Text: text})
			}
			next := 0
			for _, g := range grids(table) {
				room := bodyWidth
				if g.across {
					room = acrossWidth
				}
				if g.from != next || g.width > room+0.1 || len(g.widths) != g.to-g.from {
					t.Errorf("%d columns of %.10s: columns %d to %d are %.0f wide", columns, text, g.from, g.to, g.width)
				}
				next = g.to
			}
			if next != columns {
				t.Errorf("%d columns of %.10s: %d came out", columns, text, next)
			}
		}
	}
}

func TestLinesLoseNothing(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	letter := []rune("ab -/,.()（）《》，。、专利权江苏省%0123456789 WM")
	for range 2000 {
		runs := make([]stretch, 1+rnd.IntN(4))
		want := ""
		for i := range runs {
			text := make([]rune, rnd.IntN(40))
			for k := range text {
				text[k] = letter[rnd.IntN(len(letter))]
			}
			runs[i] = stretch{letters: letters{size: 10, bold: rnd.IntN(3) == 0, paint: chart.Ink}, text: string(text)}
			want += string(text)
		}
		width := 30 + rnd.Float64()*200
		got := ""
		rows := lines(runs, width, 10)
		for k, l := range rows {
			if l.w > width+0.1 {
				t.Fatalf("a line of %q is %.1f wide, of %.1f", want, l.w, width)
			}
			for _, c := range l.scraps {
				got += c.text
			}
			if k > 0 && len(l.scraps) > 0 {
				a, b := []rune(last(rows[k-1])), []rune(l.scraps[0].text)
				if !font.Breaks(a[len(a)-1], b[0]) && a[len(a)-1] != ' ' && font.Of(false).Width(string(b), 10) < width/4 && strings.ContainsRune("，。、）》", b[0]) && rows[k-1].w < width*0.8 {
					t.Fatalf("%q: a line begins with %c", want, b[0])
				}
			}
		}
		if solid(got) != solid(want) {
			t.Fatalf("%q became %q", want, got)
		}
	}
}

// last returns the last scrap of a line.
func last(l line) string { return l.scraps[len(l.scraps)-1].text }

func TestThinGapsStandBesideLatin(t *testing.T) {
	l := letters{size: 10, paint: chart.Ink}
	row := lines([]stretch{{letters: l, text: "到2020年，共3 件A。"}}, 500, 0)[0]
	if got, want := row.w, font.Width("到2020年，共3 件A。", 10, false)+4*gapBeside*10; got < want-0.01 || got > want+0.01 {
		t.Errorf("the line is %.2f wide, want %.2f", got, want)
	}
}

// TestFlowKeepsTogether puts boxes of all sorts on pages.
func TestFlowKeepsTogether(t *testing.T) {
	type spot struct {
		page   int
		y, h   float64
		across bool
	}
	for seed := range uint64(300) {
		rnd := rand.New(rand.NewPCG(5, seed))
		spots := map[string]spot{}
		var order []string
		keeps := map[string]string{}
		var f *flow
		paint := func(name string, h float64) func(*sheet, float64, float64) {
			return func(s *sheet, _, y float64) {
				if _, twice := spots[name]; twice {
					t.Fatalf("%s stands twice", name)
				}
				spots[name] = spot{len(f.sheets), y, h, s.across}
				s.do(nil, nil)
			}
		}
		f = newFlow(func(n int) []box {
			return []box{{before: 2, height: 11, paint: func(s *sheet, _, y float64) { spots[fmt.Sprint("note", n)] = spot{len(f.sheets), y, 11, s.across} }}}
		})
		notes := 0
		for i := range 120 {
			name := fmt.Sprint(i)
			h := 5 + rnd.Float64()*60
			b := box{before: rnd.Float64() * 20, height: h, keep: rnd.IntN(3) == 0, fresh: rnd.IntN(30) == 0, paint: paint(name, h)}
			switch rnd.IntN(12) {
			case 0:
				b.height = 100 + rnd.Float64()*400
				b.keep, b.fresh = false, false
				b.paint = paint(name, b.height)
				f.float(floating{[]string{"picture", "table"}[rnd.IntN(2)], []box{b}})
				continue
			case 1:
				b.keep, b.fresh = false, false
				f.lay([]box{b})
				continue
			case 2:
				notes++
				b.notes = []int{notes}
			}
			if b.keep && i < 110 {
				keeps[name] = ""
			}
			if len(order) > 0 {
				if _, ok := keeps[order[len(order)-1]]; ok && !b.fresh {
					keeps[order[len(order)-1]] = name
				}
			}
			order = append(order, name)
			f.add(b)
		}
		f.end()
		for name, s := range spots {
			low := sheetHeight - sheetBottom
			if s.across {
				low = sheetWidth - sheetBottom
			}
			if s.y < sheetTop-0.1 || s.y+s.h > low+0.1 {
				t.Fatalf("seed %d: %s lies at %.0f to %.0f", seed, name, s.y, s.y+s.h)
			}
		}
		for n := 1; n <= notes; n++ {
			if _, ok := spots[fmt.Sprint("note", n)]; !ok {
				t.Fatalf("seed %d: footnote %d is lost", seed, n)
			}
		}
		for i, name := range order {
			if i == 0 {
				continue
			}
			a, b := spots[order[i-1]], spots[name]
			if a.page > b.page || a.page == b.page && a.y > b.y {
				t.Fatalf("seed %d: %s stands before %s", seed, name, order[i-1])
			}
		}
	}
}

func TestFilesOfAnotherShapeAreRefused(t *testing.T) {
	var good bytes.Buffer
	p := newPen()
	p.draw(&sheet{})
	if err := p.Output(&good); err != nil {
		t.Fatal(err)
	}
	if _, err := readFile(good.Bytes()); err != nil {
		t.Fatal(err)
	}
	for i := 0; i < good.Len(); i += good.Len()/200 + 1 {
		if _, err := readFile(good.Bytes()[:i]); err == nil {
			t.Errorf("the first %d bytes of a file were taken for one", i)
		}
	}
	for _, s := range []string{"", "startxref\n0\n%%EOF", "xref\n0 9\ntrailer\n/Root 1 0 R/Info 1 0 R\nstartxref\n0\n%%EOF\n"} {
		if _, err := readFile([]byte(s)); err == nil {
			t.Errorf("%q was taken for a file", s)
		}
	}
}

func TestTypefaceIsLeftAsItIs(t *testing.T) {
	before := bytes.Clone(font.Of(false).TTF())
	printedPages(t, small(t, "Small", smallText, smallSpec), "zh")
	if !bytes.Equal(before, font.Of(false).TTF()) {
		t.Error("printing has changed the typeface that all share")
	}
}

func BenchmarkPDF(b *testing.B) {
	e := edition(b, defs.FS, "jiangsu-2020")
	for b.Loop() {
		for _, d := range e.Made.Docs {
			if err := writePDF(e, d, new(bytes.Buffer)); err != nil {
				b.Fatal(err)
			}
		}
	}
}
