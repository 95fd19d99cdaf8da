package tabular

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"onewindow/defs"
	"onewindow/internal/number"
)

func TestFaultsOfMappingsNameFileLineAndRemedy(t *testing.T) {
	for _, c := range []struct{ change, to, fault string }{
		{"id: test", "id: Test!", `test.yaml:1: id "Test!": write small letters`},
		{"zh: 测试", "zh: ''", "test.yaml:1: names: give one in en and one in zh"},
		{"kind: trademark", "kind: mark", `kind "mark" is none; use one of invention`},
		{"office: CN", "office: China", "its two letters of ST.3"},
		{"office: CN", "office: CN\nevent: gift", `event "gift" is none; use one of transfer`},
		{"recognise: [number]", "recognise: [no]", `recognise: there is no column "no"`},
		{"recognise: [number]", "recognise: []", "recognise: name the columns"},
		{"before: [[filed, registered]]", "before: [[filed]]", "before: name two columns"},
		{"field: number,", "field: nmber,", `test.yaml:9: column number: there is no field "nmber"; use one of`},
		{"forms: cn_trademark", "forms: tm", `there is no form of numbers "tm"`},
		{"forms: cn_trademark", "forms: resident_id", "identifies people and must not be kept"},
		{"field: holder.ident", "field: holder.shoe", `there is no field "holder.shoe"`},
		{"field: fact.amount, unit: wan", "field: fact.amount", `unit "": say in what the amounts are`},
		{"field: fact.amount, unit: wan", "field: fact.size", `there is no field "fact.size"`},
		{"field: [day.registered, published]", "field: [day.registered, title]", "name the column twice"},
		{"dates: dmy", "dates: dym", `dates "dym": use ymd, dmy or mdy`},
		{"take: '$1'", "", "pattern and take belong together"},
		{`'^第(\d+)期$'`, `'('`, "pattern: error parsing"},
		{"values: {有效: registered}", "values: {有效: valid}", `"valid", which status cannot be; use one of`},
		{", values: {有效: registered}", "", "values: say what each word of the table means for status"},
		{"values: {有效: registered}", "values: {有效: registered}, lax: true", "takes no other words"},
		{"id: gazette", "id: code", "needs an id of its own"},
		{"heads: {zh: 期}, ", "", "heads: name at least one"},
		{"field: gazette, ", "", "field: say what the column means"},
		{"field: number,", "field: title,", "no row would name its right"},
		{`field: holder, split: ";"`, "field: holder, each: true", "say by split what parts the values"},
		{"office: CN", "office: CN\nconstants: {filed: x}", "constants: filed differs from row to row"},
		{"office: CN", "office: CN\nconstants: {shoe: x}", `constants: there is no field "shoe"`},
		{"office: CN", "office: CN\nconstants: {status: x}", `constants: status cannot be "x"`},
		{"office: CN", "office: CN\njoin: {by: nothing}", `join: there is no column "nothing"`},
		{"office: CN", "office: CN\ncolour: red", "test.yaml:6: unknown field"},
		{"heads: {zh: 期}", "haeds: {zh: 期}", "test.yaml:20: unknown field"},
		{"columns:", "columns: [", "test.yaml:"},
	} {
		text := strings.Replace(plainMapping, c.change, c.to, 1)
		if text == plainMapping {
			t.Fatalf("%q does not stand in the mapping", c.change)
		}
		if _, err := Parse("test.yaml", []byte(text), ready(t).forms); err == nil || !strings.Contains(err.Error(), c.fault) {
			t.Errorf("%s: %v, want %s", c.to, err, c.fault)
		}
	}
	if _, err := Parse("big.yaml", make([]byte, MaxMapping+1), ready(t).forms); err == nil || !strings.Contains(err.Error(), "big.yaml:1: a mapping has at most") {
		t.Errorf("too large: %v", err)
	}
}

func TestAFolderOfMappingsIsReadWhole(t *testing.T) {
	forms, err := defs.FS.ReadFile(number.File)
	if err != nil {
		t.Fatal(err)
	}
	fsys := fstest.MapFS{
		number.File:           {Data: forms},
		Folder + "/test.yaml": {Data: []byte(plainMapping)},
	}
	s, err := Load(fsys)
	if err != nil || len(s.Mappings) != 1 || s.Named("test") == nil || s.Named("other") != nil {
		t.Fatalf("%+v, %v", s, err)
	}
	fsys[Folder+"/a.yaml"] = &fstest.MapFile{Data: []byte(plainMapping)}
	fsys[Folder+"/b.yaml"] = &fstest.MapFile{Data: []byte("id: b")}
	_, err = Load(fsys)
	for _, want := range []string{`mappings/a.yaml:1: the id is "test"; name the file test.yaml or the id a`, "mappings/b.yaml:1: names"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
	if _, err := Load(fstest.MapFS{}); err == nil {
		t.Error("definitions without forms of numbers are read")
	}
}

// TestReadyMappingsAreToldApart gives each mapping the heads of another language or
// spelling: no table may be taken for one of another mapping.
func TestReadyMappingsAreToldApart(t *testing.T) {
	s := ready(t)
	manual, err := os.ReadFile(filepath.Join("..", "..", "..", "doc", "mappings.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range s.Mappings {
		if !bytes.Contains(manual, []byte("`"+m.ID+"`")) {
			t.Errorf("doc/mappings.md does not tell of %s", m.ID)
		}
		for _, lang := range []string{"zh", "en"} {
			var heads []string
			for _, c := range m.HeadColumns(lang) {
				heads = append(heads, c.Head(lang))
			}
			if got, _ := best(s.Mappings, [][]string{heads}); got != m {
				t.Errorf("%s in %s is taken for %v", m.ID, lang, got)
			}
		}
		if m.About["en"] == "" || m.About["zh"] == "" {
			t.Errorf("%s explains itself in one language alone", m.ID)
		}
		for _, c := range m.HeadColumns("en") {
			if c.About["en"] == "" || c.About["zh"] == "" {
				t.Errorf("%s %s is not explained in both languages", m.ID, c.ID)
			}
		}
	}
}

// TestEveryNameOfTheRecordCanBeFed compares the names that columns may give with
// those that the record has.
func TestEveryNameOfTheRecordCanBeFed(t *testing.T) {
	src, err := os.ReadFile(filepath.Join("..", "..", "record", "event.go"))
	if err != nil {
		t.Fatal(err)
	}
	families := map[string]string{"Fact": "fact.", "Day": "day.", "Rel": "filing."}
	found := regexp.MustCompile(`(?m)^\s+(Fact|Day|Rel)[A-Z]\w*\s+= "(\w+)"`).FindAllSubmatch(src, -1)
	if len(found) < 50 {
		t.Fatalf("%d names found", len(found))
	}
	for _, at := range found {
		if name := families[string(at[1])] + string(at[2]); fieldNamed(name) == nil {
			t.Errorf("there is no field %s", name)
		}
	}
}
