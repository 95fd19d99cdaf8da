package official

import (
	"bytes"
	"strings"
	"testing"

	"onewindow/defs"
	"onewindow/internal/date"
	"onewindow/internal/i18n"
	"onewindow/internal/ierr"
	"onewindow/internal/record"
	"onewindow/internal/region"
	"onewindow/internal/source/charset"
	"onewindow/internal/source/workbook"
)

func load(t testing.TB) *Words {
	t.Helper()
	pack, err := region.Load(defs.FS, "jiangsu")
	if err != nil {
		t.Fatal(err)
	}
	texts, err := i18n.Load(defs.FS)
	if err != nil {
		t.Fatal(err)
	}
	w, err := LoadWords(defs.FS, pack, texts)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

var year = Head{ID: "t", Names: map[string]string{"en": "T"}, Publisher: "P", Measure: Granted, From: date.Of(2019, 1, 1), To: date.Of(2019, 12, 31)}

func values(t *Table) map[string]int64 {
	out := map[string]int64{}
	for _, c := range t.Cells {
		out[c.Key()] = c.Value
	}
	return out
}

// TestTablesOfAllShapesAreRead reads the same figures written in many ways.
func TestTablesOfAllShapesAreRead(t *testing.T) {
	w := load(t)
	for name, file := range map[string]string{
		"wide, Chinese, with title, units and a note": "江苏省2019年专利授权情况\n单位：件\n设区市,发明专利（件）,实用新型,外观设计专利\n南京市,\"1,200\",30,4\n苏州,1２00件,31,-\n注：以第一权利人计\n",
		"wide, English, semicolons":                   "Region;Inventions;Utility models;Designs\nNanjing;1200;30;4\nSuzhou;1 200;31;\n",
		"wide, by code, tabs, empty corner":           "\tInvention\tUtility model\tDesign\n320100\t1200\t30\t4\n320500\t1200.0\t31\t/\n",
		"long":                                        "地区,类型,数量\n南京,发明,1200\n南京,实用新型,30\n南京,外观设计,4\n苏州,发明,1200\n苏州,实用新型,31\n苏州,外观设计,\n",
	} {
		table, err := Read("t.csv", []byte(file), year, w)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got := values(table)
		for key, want := range map[string]int64{"320100/invention": 1200, "320500/invention": 1200, "320100/utility_model": 30, "320500/utility_model": 31, "320100/design": 4} {
			if got[key] != want {
				t.Errorf("%s: %s is %d, want %d", name, key, got[key], want)
			}
		}
		if _, stated := got["320500/design"]; stated || len(got) != 5 {
			t.Errorf("%s: what is not stated became a figure: %v", name, got)
		}
	}
}

func TestEveryEncodingAndWorkbooksAreRead(t *testing.T) {
	w := load(t)
	text := "地区,发明,实用新型\n南京,5,6\n"
	for _, enc := range []charset.Encoding{charset.UTF8, charset.GB18030, charset.UTF16LE} {
		var b bytes.Buffer
		if enc == charset.UTF16LE {
			b.WriteString("\xFF\xFE")
		}
		if _, err := enc.NewWriter(&b).Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
		if table, err := Read("t.csv", b.Bytes(), year, w); err != nil || len(table.Cells) != 2 {
			t.Errorf("%s: %v", enc, err)
		}
	}
	var b bytes.Buffer
	if err := workbook.Write(&b, "Sheet", [][]any{{"地区", "发明", "实用新型"}, {"南京", 5, "6"}}, nil); err != nil {
		t.Fatal(err)
	}
	table, err := Read("t.xlsx", b.Bytes(), year, w)
	if err != nil || len(table.Cells) != 2 || table.Cells[0].Value != 5 {
		t.Errorf("a workbook: %v, %v", table, err)
	}
}

func TestOtherDimensions(t *testing.T) {
	w := load(t)
	for name, row := range map[string]struct {
		file string
		head func(*Head)
		want map[string]int64
	}{
		"months": {"地区,2019年1月,2019-02\n南京,3,4\n", nil, map[string]int64{"320100///2019-01": 3, "320100///2019-02": 4}},
		"types of holder, whose kind the head tells": {"City,Universities,Enterprises,Total\nNanjing,3,4,7\n", func(h *Head) { h.Kind = record.Invention },
			map[string]int64{"320100/invention/university": 3, "320100/invention/enterprise": 4, "320100/invention": 7}},
		"others and the province": {"地区,发明,实用新型\n南京,3,4\n*Others,1,0\n合计,4,4\n", nil,
			map[string]int64{"320100/invention": 3, "JS-OTHER/invention": 1, "320000/invention": 4, "320100/utility_model": 4, "JS-OTHER/utility_model": 0, "320000/utility_model": 4}},
		"year and month apart": {"地区,年份,月份,数量\n南京,2019,7月,9\n", nil, map[string]int64{"320100///2019-07": 9}},
	} {
		h := year
		if row.head != nil {
			row.head(&h)
		}
		table, err := Read("t.csv", []byte(row.file), h, w)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got := values(table)
		for key, want := range row.want {
			if v, ok := got[key]; !ok || v != want {
				t.Errorf("%s: %s is %d (%v), want %d; cells %v", name, key, v, ok, want, got)
			}
		}
		if len(got) != len(row.want) {
			t.Errorf("%s: cells %v", name, got)
		}
	}
}

// TestWhatIsDamagedIsRefusedWithItsPlace holds every fault to its row and column.
func TestWhatIsDamagedIsRefusedWithItsPlace(t *testing.T) {
	w := load(t)
	for file, want := range map[string]struct {
		code string
		row  int
		col  string
		kind ierr.Kind
	}{
		"地区,发明,实用新型\n南京,5,6\n苏州,1l,2\n":            {"official.number", 3, "B", ierr.Invalid},
		"地区,发明,实用新型\n南京,5,6\n苏州,3.5,2\n":           {"official.number", 3, "B", ierr.Invalid},
		"地区,发明,实用新型\n南京,5,6\n苏州,\"12,34\",2\n":     {"official.number", 3, "B", ierr.Invalid},
		"地区,发明,实用新型\n南京,5,-6\n":                    {"official.number", 2, "C", ierr.Invalid},
		"地区,发明,实用新型\n南京,5,6\n亚特兰蒂斯,1,2\n":          {"official.region", 3, "A", ierr.Invalid},
		"地区,发明,实用新型\n南京,5,6\nNanjing,5,6\n":        {"official.faults", 0, "", ierr.Invalid},
		"地区,类型,数量\n南京,飞碟,5\n":                      {"official.word", 2, "B", ierr.Invalid},
		"地区,2019,2020\n南京,5,6\n":                   {"official.time", 2, "C", ierr.Invalid},
		"a,b,c\n1,2,3\n":                           {"official.no_header", 0, "", ierr.Invalid},
		"地区,发明,实用新型\n":                             {"official.no_cells", 0, "", ierr.Invalid},
		"":                                         {"official.empty", 0, "", ierr.Invalid},
		"地区,发明\n\"南京,5\n":                          {"official.row", 2, "", ierr.Invalid},
		strings.Repeat("x", MaxBytes+1):            {"official.size", 0, "", ierr.TooLarge},
		"PK\x03\x04 no workbook":                   {"official.workbook", 0, "", ierr.Invalid},
		"地区,发明\n" + strings.Repeat("\n南京,1", 6000): {"official.shape", 0, "", ierr.TooLarge},
	} {
		_, err := Read("t.csv", []byte(file), year, w)
		e := ierr.As(err)
		if err == nil || e.Code != want.code || e.Kind != want.kind {
			t.Errorf("%.60q: %v, want %s", file, err, want.code)
			continue
		}
		if want.row > 0 && e.Args["row"] != want.row && e.Args["row"] != int64(want.row) || want.col != "" && e.Args["column"] != want.col {
			t.Errorf("%.60q: placed at row %v, column %v", file, e.Args["row"], e.Args["column"])
		}
	}
}

func TestTotalsAreHeldToTheirParts(t *testing.T) {
	w := load(t)
	table, err := Read("t.csv", []byte("地区,发明,实用新型,合计\n南京,3,4,7\n苏州,5,6,12\n昆山,1,1,2\n苏南,8,10,18\n其他,1,0,1\n合计,9,10,20\n"), year, w)
	if err != nil {
		t.Fatal(err)
	}
	off := map[string]int64{}
	for _, c := range table.Checks(w.pack) {
		if c.Off(table) != 0 {
			off[table.Cells[c.Cell].Key()+"/"+table.Cells[c.Parts[0]].Region] = c.Off(table)
		}
	}
	// Kunshan lies in Suzhou and adds to nothing; Suzhou's total and the province's are
	// one too many, so is the group's beside what its cities say.
	for key, want := range map[string]int64{"320500/320500": 1, "320000/320000": 1, "JS-S/320100": -1} {
		if off[key] != want {
			t.Errorf("%s is off by %d, want %d; all: %v", key, off[key], want, off)
		}
	}
	if len(off) != 3 {
		t.Errorf("off: %v", off)
	}
}

func TestAHeadMustSayWhatATableIs(t *testing.T) {
	good := "id: a\nnames: {zh: 表}\npublisher: P\nmeasure: granted\nfrom: 2019-01-01\nto: 2019-12-31\n"
	if _, err := ParseHead([]byte(good)); err != nil {
		t.Fatal(err)
	}
	if h, err := ParseHead([]byte(`{"id": "a", "names": {"en": "T"}, "publisher": "P", "measure": "in_force", "to": "2019-12-31"}`)); err != nil || h.To != date.Of(2019, 12, 31) {
		t.Errorf("JSON: %+v, %v", h, err)
	}
	for _, bad := range []string{
		"", strings.Replace(good, "id: a", "id: ../a", 1), strings.Replace(good, "publisher: P", "", 1), strings.Replace(good, "granted", "sold", 1),
		strings.Replace(good, "from: 2019-01-01", "", 1), strings.Replace(good, "from: 2019-01-01", "from: 2020-01-01", 1), good + "as_of: 2019-01-01\n",
		good + "kind: ufo\n", good + "surprise: 1\n", strings.Replace(good, "{zh: 表}", "{}", 1), good + "notes: " + strings.Repeat("x", maxText+1),
		strings.Replace(good, "granted", "in_force", 1), good + "to: [",
	} {
		if _, err := ParseHead([]byte(bad)); err == nil {
			t.Errorf("taken: %.120q", bad)
		}
	}
}

// FuzzRead wants that whatever is read has its figures from the file.
func FuzzRead(f *testing.F) {
	w := load(f)
	for _, s := range []string{"地区,发明,实用新型\n南京,5,6\n", "Region;2019\nSuzhou;1 200\n", "地区,类型,数量\n南京,发明,1200\n", "PK\x03\x04", "\xFF\xFEa"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		table, err := Read("t.csv", b, year, w)
		if err != nil {
			return
		}
		seen := map[string]bool{}
		for _, c := range table.Cells {
			if c.Value < 0 || c.Row < 1 || c.Column < 1 || seen[c.Key()] || w.pack.Descendants(c.Region) == nil {
				t.Errorf("a cell that cannot be: %+v", c)
			}
			seen[c.Key()] = true
		}
		table.Checks(w.pack)
	})
}
