package publish

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"onewindow/defs"
	"onewindow/internal/paper"
)

var update = flag.Bool("update", false, "write the goldens anew")

// overlay is the definitions with other papers.
type overlay struct {
	fs.FS
	papers fstest.MapFS
}

func (o overlay) Open(name string) (fs.File, error) {
	if strings.HasPrefix(name, paper.Folder+"/") {
		return o.papers.Open(name)
	}
	return o.FS.Open(name)
}

// smallText has one of everything that texts are made of.
const smallText = `Of **{{patent.valid_invention}}** in *force* & < kept.[^a]

# First {#first}

## Inner {#inner}

### Innermost

Grew {{patent.grants#growth|rose}}; see {{see valid}}, {{see bars}} and {{see first}}, or [the office](https://example.org/?a=1&b=2).[^a]

1. one
   - within
     1. deep

   more of one
2. two

- {{patent.grants}}

{{table valid}}

{{chart bars}}

1. counted anew

[^a]: A note of {{patent.grants}}, with [a link](https://example.org/note).

    And a second paragraph.
`

const smallSpec = `tables:
  - id: valid
    titles: {en: "Of {{patent.valid_invention}}", zh: "共{{patent.valid_invention}}件"}
    rows: [units, groups, other, whole]
    columns: [{figure: patent.valid_invention}, {figure: "patent.valid_invention{holder=enterprise}#share", heads: {en: E, zh: 企}}]
    notes: {en: A note., zh: 注。}
charts:
  - id: bars
    kind: bars
    titles: {en: Suzhou leads, zh: 苏州居首}
    claims: ["patent.valid_invention@320500#rank = 1"]
    figure: patent.valid_invention
    over: units
    reference: "@320000"
`

// small makes an edition of a small paper.
func small(t testing.TB, title, text, spec string) *Edition {
	t.Helper()
	return edition(t, overlay{defs.FS, fstest.MapFS{
		"papers/p/paper.yaml": {Data: []byte("id: p\nregion: jiangsu\nperiod: 2020\nprinted: jiangsu-2020\ntitles: {en: '" + title + "', zh: '" + title + "'}\n" + spec)},
		"papers/p/en.md":      {Data: []byte(text)},
		"papers/p/zh.md":      {Data: []byte(text)},
	}}, "p")
}

// written writes an edition as a document and returns its files by name.
func written(t testing.TB, e *Edition, lang string) ([]byte, map[string][]byte) {
	t.Helper()
	var b bytes.Buffer
	if err := writeDOCX(e, e.Doc(lang), &b); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if parts[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	return b.Bytes(), parts
}

// elements calls f with each element of a part; it fails where that is not well-formed.
func elements(t testing.TB, name string, b []byte, f func(xml.StartElement)) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(b))
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if e, ok := tok.(xml.StartElement); ok {
			f(e)
		}
	}
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// sound checks that all parts of a document are well-formed, that what they refer to is
// there, and that ids are given once.
func sound(t *testing.T, parts map[string][]byte) {
	t.Helper()
	styles, numbers, typed := map[string]bool{}, map[string]bool{}, map[string]bool{}
	elements(t, "styles", parts["word/styles.xml"], func(e xml.StartElement) {
		if e.Name.Local == "style" {
			if styles[attr(e, "styleId")] {
				t.Errorf("style %s stands twice", attr(e, "styleId"))
			}
			styles[attr(e, "styleId")] = true
		}
	})
	elements(t, "numbering", parts["word/numbering.xml"], func(e xml.StartElement) {
		if e.Name.Local == "num" {
			numbers[attr(e, "numId")] = true
		}
	})
	elements(t, "types", parts["[Content_Types].xml"], func(e xml.StartElement) {
		typed[attr(e, "PartName")] = true
		typed["."+attr(e, "Extension")] = true
	})
	marks, anchors, notes, noteMarks := map[string]int{}, map[string]bool{}, map[string]bool{}, map[string]int{}
	for name, b := range parts {
		if !typed["/"+name] && !typed[path.Ext(name)] {
			t.Errorf("%s has no content type", name)
		}
		if path.Ext(name) == ".png" {
			continue
		}
		relations := map[string]bool{}
		if r := parts[path.Dir(name)+"/_rels/"+path.Base(name)+".rels"]; r != nil {
			elements(t, name+".rels", r, func(e xml.StartElement) {
				if e.Name.Local != "Relationship" {
					return
				}
				if relations[attr(e, "Id")] {
					t.Errorf("%s: relation %s stands twice", name, attr(e, "Id"))
				}
				relations[attr(e, "Id")] = true
				if target := path.Join(path.Dir(name), attr(e, "Target")); attr(e, "TargetMode") == "" && parts[target] == nil {
					t.Errorf("%s refers to %s, which is not there", name, target)
				}
			})
		}
		ids := map[string]bool{}
		elements(t, name, b, func(e xml.StartElement) {
			for _, a := range e.Attr {
				if a.Name.Space == relOffice[:len(relOffice)-1] && !relations[a.Value] {
					t.Errorf("%s: <%s> refers to %s, which is no relation", name, e.Name.Local, a.Value)
				}
			}
			val := attr(e, "val")
			switch e.Name.Local {
			case "bookmarkStart", "docPr", "footnote":
				id := e.Name.Local + attr(e, "id")
				if ids[id] {
					t.Errorf("%s: %s stands twice", name, id)
				}
				ids[id] = true
				if e.Name.Local == "bookmarkStart" {
					marks[attr(e, "name")]++
				}
				if e.Name.Local == "footnote" && name == "word/footnotes.xml" {
					notes[attr(e, "id")] = true
				}
				if e.Name.Local == "docPr" && attr(e, "descr") == "" {
					t.Errorf("%s: the picture %s says nothing to those who do not see it", name, attr(e, "name"))
				}
			case "hyperlink":
				if a := attr(e, "anchor"); a != "" {
					anchors[a] = true
				}
			case "footnoteReference":
				noteMarks[attr(e, "id")]++
			case "pStyle", "rStyle", "tblStyle", "basedOn", "next":
				if !styles[val] {
					t.Errorf("%s: there is no style %s", name, val)
				}
			case "numId":
				if !numbers[val] {
					t.Errorf("%s: there is no numbering %s", name, val)
				}
			}
		})
	}
	for m, n := range marks {
		if n > 1 || len(m) > 40 {
			t.Errorf("the bookmark %s stands %d times", m, n)
		}
	}
	for a := range anchors {
		if marks[a] == 0 {
			t.Errorf("a link leads to %s, which is not there", a)
		}
	}
	for id, n := range noteMarks {
		if n != 1 || !notes[id] {
			t.Errorf("the footnote %s has %d marks, and stands there: %v", id, n, notes[id])
		}
	}
}

func TestDocumentsAreSound(t *testing.T) {
	editions := map[string]*Edition{"small": small(t, "Small", smallText, smallSpec)}
	if !testing.Short() {
		editions["large"] = edition(t, defs.FS, "jiangsu-2020")
		editions["large"].Head = "origin\n42\nhash+/=\n\n— key sign\n"
	}
	for name, e := range editions {
		for _, d := range e.Made.Docs {
			t.Run(name+" "+d.Lang, func(t *testing.T) {
				first, parts := written(t, e, d.Lang)
				sound(t, parts)
				if again, _ := written(t, e, d.Lang); !bytes.Equal(first, again) {
					t.Error("the same edition gives other bytes")
				}
				body := string(parts["word/document.xml"])
				for _, f := range d.Figures {
					if link := fmt.Sprintf(`w:anchor="f%d"`, d.NumberOf(f.Ref)); !strings.Contains(body, link) && !strings.Contains(string(parts["word/footnotes.xml"]), link) {
						if !slices.ContainsFunc(d.Charts, func(c *paper.Chart) bool { return draws(c, d.NumberOf(f.Ref), d) }) {
							t.Errorf("no number leads to %s", f.Ref)
						}
					}
				}
				if mark := e.say(d).T("paper.sample.word", nil); !strings.Contains(string(parts["word/header1.xml"]), mark) {
					t.Errorf("pages do not say %s", mark)
				}
			})
		}
	}
}

// draws tells whether a picture shows the figure of a number.
func draws(c *paper.Chart, n int, d *paper.Document) bool {
	for _, s := range c.Series {
		for _, p := range s.Points {
			if d.NumberOf(p.Figure.Ref) == n {
				return true
			}
		}
	}
	return c.Reference != nil && d.NumberOf(c.Reference.Figure.Ref) == n
}

func TestDocumentSaysWhatItIs(t *testing.T) {
	e := small(t, "Small & <sharp>", smallText, smallSpec)
	for lang, want := range map[string]struct{ title, lang, styles string }{
		"en": {`<dc:title>[SAMPLE] Small &amp; &lt;sharp&gt;</dc:title>`, "<dc:language>en-GB<", `<w:lang w:val="en-GB" w:eastAsia="zh-CN"/>`},
		"zh": {`<dc:title>[样例] Small &amp; &lt;sharp&gt;</dc:title>`, "<dc:language>zh-CN<", `w:hint="eastAsia"`},
	} {
		_, parts := written(t, e, lang)
		if core := string(parts["docProps/core.xml"]); !strings.Contains(core, want.title) || !strings.Contains(core, want.lang) || !strings.Contains(core, ">2021-04-26T00:00:00Z</dcterms:created>") {
			t.Errorf("%s: %s", lang, core)
		}
		if !strings.Contains(string(parts["word/styles.xml"]), want.styles) {
			t.Errorf("%s: the text is in no language %s", lang, want.styles)
		}
	}
}

// TestGoldenDocument compares the document of a small paper with what it was; -update
// renews it.
func TestGoldenDocument(t *testing.T) {
	_, parts := written(t, small(t, "Small", smallText, smallSpec), "en")
	for _, name := range []string{"document.xml", "footnotes.xml"} {
		file, got := filepath.Join("testdata", name), parts["word/"+name]
		if *update {
			if err := os.MkdirAll("testdata", 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if a, b := strings.Split(string(want), "\n"), strings.Split(string(got), "\n"); !slices.Equal(a, b) {
			for i := range max(len(a), len(b)) {
				if i >= len(a) || i >= len(b) || a[i] != b[i] {
					t.Fatalf("%s changed at line %d (run with -update if it should):\n%s", file, i+1, strings.Join(b[min(i, len(b)):min(i+1, len(b))], ""))
				}
			}
		}
	}
}

func TestLargeTablesAndTitlesComeOut(t *testing.T) {
	spec := "tables:\n  - id: wide\n    titles: {en: Wide, zh: 宽}\n    rows: [units, whole]\n    columns:\n"
	for i := range 50 {
		spec += fmt.Sprintf("      - {figure: patent.valid_invention, heads: {en: Column %d, zh: 第%d列}}\n", i+1, i+1)
	}
	title := strings.Repeat("Long ", 400)
	e := small(t, title, "{{table wide}}\n", spec)
	for _, d := range e.Made.Docs {
		_, parts := written(t, e, d.Lang)
		sound(t, parts)
		body := string(parts["word/document.xml"])
		for _, head := range d.Tables[0].Columns {
			if n := strings.Count(body, ">"+head.Head+"<"); n != 1 {
				t.Errorf("%s: the column %s stands %d times", d.Lang, head.Head, n)
			}
		}
		if !strings.Contains(body, strings.TrimSpace(title)) {
			t.Errorf("%s: the title is not whole", d.Lang)
		}
		if head := parts["word/header1.xml"]; len(head) > 2000 {
			t.Errorf("%s: the head of the pages has %d bytes", d.Lang, len(head))
		}
	}
}

// TestTablesKeepWithinThePage lays out tables of many widths.
func TestTablesKeepWithinThePage(t *testing.T) {
	for _, columns := range []int{1, 2, 9, 50} {
		for _, text := range []string{"1", "1,234,567", strings.Repeat("9", 60), "a " + strings.Repeat("word ", 40), strings.Repeat("汉字", 30)} {
			table := &wordTable{size: tableSize}
			for range columns + 1 {
				table.head.cells = append(table.head.cells, wordCell{text: text, tight: strings.HasPrefix(text, "9")})
			}
			seen := map[int]bool{}
			for _, p := range table.pieces(textWidth) {
				total := 0
				for i, c := range p.columns {
					seen[c] = true
					total += p.widths[i]
				}
				if total > textWidth+len(p.columns) || p.columns[0] != 0 {
					t.Errorf("%d columns of %.10q: a piece of columns %v is %d wide", columns, text, p.columns, total)
				}
			}
			if len(seen) != columns+1 {
				t.Errorf("%d columns of %.10q: %d came out", columns, text, len(seen))
			}
		}
	}
}

// TestWordProcessorsOpenDocuments has LibreOffice make a PDF and looks for the numbers in
// it.
func TestWordProcessorsOpenDocuments(t *testing.T) {
	for program, of := range map[string]string{"soffice": "libreoffice-writer", "pdftotext": "poppler-utils"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("%s is not installed: apt-get install %s", program, of)
		}
	}
	if testing.Short() {
		t.Skip("takes seconds")
	}
	dir := t.TempDir()
	e := small(t, "Small", smallText, smallSpec)
	for _, d := range e.Made.Docs {
		b, _ := written(t, e, d.Lang)
		if err := os.WriteFile(filepath.Join(dir, d.Lang+".docx"), b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	out, err := exec.Command("soffice", "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to", "pdf", "--outdir", dir,
		filepath.Join(dir, "en.docx"), filepath.Join(dir, "zh.docx")).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for _, d := range e.Made.Docs {
		text, err := exec.Command("pdftotext", "-layout", filepath.Join(dir, d.Lang+".pdf"), "-").Output()
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range d.Tables[0].Rows {
			for _, c := range r.Cells {
				if !strings.Contains(string(text), c.Text) {
					t.Errorf("%s: %s of %s is not in the text", d.Lang, c.Text, r.Name)
				}
			}
		}
		if mark := e.say(d).T("paper.sample.word", nil); strings.Count(string(text), mark) < strings.Count(string(text), "\f") {
			t.Errorf("%s: a page is without %s", d.Lang, mark)
		}
	}
}

func BenchmarkDOCX(b *testing.B) {
	e := edition(b, defs.FS, "jiangsu-2020")
	for b.Loop() {
		for _, d := range e.Made.Docs {
			if err := writeDOCX(e, d, io.Discard); err != nil {
				b.Fatal(err)
			}
		}
	}
}
