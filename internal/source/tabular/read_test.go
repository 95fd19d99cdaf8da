package tabular

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"onewindow/internal/record"
	"onewindow/internal/source/charset"
	"onewindow/internal/source/entry"
)

// plainMapping is a small mapping for tests of single rules.
const plainMapping = `
id: test
names: {en: Test, zh: 测试}
kind: trademark
office: CN
recognise: [number]
before: [[filed, registered]]
columns:
  - {id: number, heads: {zh: 号}, field: number, forms: cn_trademark, required: true}
  - {id: holder, heads: {zh: 人}, field: holder, split: ";"}
  - {id: english, heads: {en: holder}, field: holder, lang: en, split: ";"}
  - {id: address, heads: {zh: 址}, field: holder.address, split: ";"}
  - {id: class, heads: {zh: 类}, field: class.nice, split: ";"}
  - {id: filed, heads: {zh: 申请日}, field: filed}
  - {id: registered, heads: {zh: 注册日}, field: [day.registered, published], dates: dmy}
  - {id: amount, heads: {zh: 金额}, field: fact.amount, unit: wan}
  - {id: claims, heads: {zh: 项}, field: claims}
  - {id: status, heads: {zh: 态}, field: status, values: {有效: registered}}
  - {id: code, heads: {zh: 码}, field: holder.ident, forms: uscc}
  - {id: gazette, heads: {zh: 期}, field: gazette, pattern: '^第(\d+)期$', take: '$1'}
`

func parse(t testing.TB, text string) *Mapping {
	t.Helper()
	m, err := Parse("test.yaml", []byte(text), ready(t).forms)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// one reads a table of one row under the plain mapping.
func one(t *testing.T, heads, cells string) entry.Entry {
	t.Helper()
	m := parse(t, plainMapping)
	entries, _, _ := read(t, &Set{Mappings: []*Mapping{m}, forms: m.forms}, "t.csv", []byte(heads+"\n"+cells+"\n"))
	if len(entries) != 1 {
		t.Fatalf("%d entries", len(entries))
	}
	return entries[0]
}

func TestDamagedCellsAreFlaggedWithWhatStoodThere(t *testing.T) {
	for _, c := range []struct{ heads, cells, flag, field, raw string }{
		{"号,申请日", "1,2020年1月", "date.unreadable", "申请日", "2020年1月"},
		{"号,申请日,注册日", "1,2021-01-01,31/12/2020", "table.order", "申请日", "2021-01-01 > 2020-12-31"},
		{"号,金额", "1,约五万", "money.unreadable", "金额", "约五万"},
		{"号,金额", "1,0.0000001", "money.unreadable", "金额", "0.0000001"},
		{"号,项", "1,十", "count.unreadable", "项", "十"},
		{"号,态", "1,不明", "value.unknown", "态", "不明"},
		{"号,类", "1,46", "class.unreadable", "类", "46"},
		{"号,期", "1,1619", "value.pattern", "期", "1619"},
		{"号,人,码", "1,甲,91350100M000100Y44", "number.check_digit", "码", "91350100M000100Y44"},
		{"号,人,码", "1,甲,123", "number.form", "码", "123"},
		{"号,人,码", "1,甲,000000190001010009", "number.personal", "码", ""},
		{"号,人,码", "1,甲,9.1E+17", "number.damaged", "码", "9.1E+17"},
		{"号,址", "1,某路", "owner.missing", "址", "某路"},
		{"号,人,址", "1,甲;乙;丙,a;b", "parties.unequal", "址", ""},
		{"号,人", "1,#REF!", "cell.error", "人", "#REF!"},
		{"号,人", "1,甲\uFFFD", "cell.damaged", "人", "甲\uFFFD"},
		{"号,人,址", "1,甲", "row.short", "", ""},
	} {
		e := one(t, c.heads, c.cells)
		if e.Doc == nil {
			t.Errorf("%s: %v", c.cells, e.Reject)
			continue
		}
		want := record.Flag{Code: c.flag, Field: c.field, Raw: c.raw}
		if len(e.Doc.Flags) != 1 || e.Doc.Flags[0] != want {
			t.Errorf("%s: %+v, want %+v", c.cells, e.Doc.Flags, want)
		}
	}
}

func TestRowsWithoutTheirNumberAreRejected(t *testing.T) {
	for _, cells := range []string{",甲", "-,甲", "——,甲", "无,甲", "1.2E+07,甲", "…,甲,000000190001010009"} {
		e := one(t, "号,人", cells)
		if e.Reject == nil || e.Reject.Code != "table.required" || e.Reject.Args["column"] != "号" || e.Row != 1 || e.Line != 2 {
			t.Errorf("%s: %+v", cells, e)
		}
		if e.Reject != nil && strings.Contains(e.Reject.Raw, "000000190001010009") {
			t.Errorf("an identity number is kept: %s", e.Reject.Raw)
		}
	}
}

func TestPartiesMeetTheirParts(t *testing.T) {
	d := one(t, "址,号,人,holder,码", "215000甲路;乙路,1,甲;乙,A;B,91350100M000100Y43").Doc
	if len(d.Parties) != 2 || len(d.Flags) != 0 {
		t.Fatalf("%+v", d)
	}
	a, b := d.Parties[0], d.Parties[1]
	if a.Postcode != "215000" || a.Address != "甲路" || b.Address != "乙路" || a.Ident != "91350100M000100Y43" || b.Ident != "" ||
		len(a.Names) != 2 || a.Names[1] != (record.Text{Lang: "en", Text: "A"}) || b.Names[1].Text != "B" {
		t.Errorf("%+v", d.Parties)
	}
}

func TestDaysAreReadInEverySpelling(t *testing.T) {
	for in, want := range map[string]string{
		"2020-01-02": "2020-01-02", "20200102": "2020-01-02", "2020年1月2日": "2020-01-02", "2020/1/2": "2020-01-02",
		"2020.01.02": "2020-01-02", "43832": "2020-01-02", "43832.5": "2020-01-02", "2020-01-02 00:00:00": "2020-01-02",
		"2020-01-02T08:30:00+08:00": "2020-01-02", "２０２０－０１－０２": "2020-01-02", "2 Jan 2020": "2020-01-02", "January 2, 2020": "2020-01-02",
		"0": "", "00000000": "", "2020": "?", "1/2/2020": "?", "2020-13-01": "?", "123456": "?",
	} {
		d, known := parseDay(in, yearFirst)
		if got := d.String(); known != (want != "?") || known && got != want {
			t.Errorf("%s: %q, %v", in, got, known)
		}
	}
	for order, want := range map[dateOrder]string{dayFirst: "2020-02-01", monthFirst: "2020-01-02"} {
		if d, _ := parseDay("01/02/20", order); d.String() != want {
			t.Errorf("order %d: %s", order, d)
		}
	}
	if d, _ := parseDay("31/12/70", dayFirst); d.String() != "1970-12-31" {
		t.Errorf("two digits: %s", d)
	}
}

func TestMoneyIsFen(t *testing.T) {
	for _, c := range []struct {
		in   string
		unit int64
		want string
	}{
		{"500", units["wan"], "500000000"}, {"1,200.5", units["wan"], "1200500000"}, {"0.01", 100, "1"}, {"￥1200元", units["wan"], "120000"},
		{"3万元", 100, "3000000"}, {"1.5亿", 100, "15000000000"}, {"人民币 100", 100, "10000"}, {"7", 1, "7"},
		{"0.001", 100, "?"}, {"-5", 100, "?"}, {"USD 5", 100, "?"}, {"999999999999999亿", 100, "?"},
	} {
		got, known := parseMoney(c.in, c.unit)
		if known != (c.want != "?") || known && got != c.want {
			t.Errorf("%s: %q, %v, want %s", c.in, got, known, c.want)
		}
	}
}

func TestNumbersThatASpreadsheetTouched(t *testing.T) {
	for in, want := range map[string]string{"201710601862.29999": "201710601862.3", "201710601862.3": "201710601862.3", "27.5.1": "27.5.1", "12345678": "12345678"} {
		if got := whole(in); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}

func TestObjectsOfJSONAreRows(t *testing.T) {
	m := parse(t, plainMapping)
	s := &Set{Mappings: []*Mapping{m}, forms: m.forms}
	data := `[{"号": 90000001, "人": "甲", "x": {"y": 1}}, {"号": "2", "z": true}, null, {"人": null, "号": ""}]`
	entries, unread, _ := read(t, s, "x.json", []byte(data))
	if len(entries) != 4 || entries[0].Doc == nil || entries[0].Doc.Number != "90000001" || entries[1].Doc == nil || entries[2].Reject == nil || entries[3].Reject == nil {
		t.Fatalf("%+v", entries)
	}
	if unread["test: x"] != 1 || unread["test: z"] != 1 {
		t.Errorf("unread: %v", unread)
	}
	for _, broken := range []string{`[{"号": "1"}, {"号": `, `[{"号": "1"}, 5]`, `[{"号": "1"} {"号": "2"}]`} {
		var got []entry.Entry
		in := &entry.Input{Context: t.Context(), R: strings.NewReader(broken), Limits: entry.DefaultLimits()}
		err := m.split(in, func(b entry.Batch) error { got = append(got, b.Decode(&entry.Unread{})...); return nil })
		if err == nil || len(got) != 1 {
			t.Errorf("%s: %d entries, %v", broken, len(got), err)
		}
	}
	limits := entry.DefaultLimits()
	limits.Record = 200
	in := &entry.Input{Context: t.Context(), R: strings.NewReader(`[{"号": "1"}, {"号": "` + strings.Repeat("9", 5000) + `"}]`), Limits: limits}
	var r *entry.Reject
	if err := m.split(in, func(entry.Batch) error { return nil }); !errors.As(err, &r) || r.Code != "row.too_long" {
		t.Errorf("a huge object: %v", err)
	}
}

func TestTheDayOfAFileStandsInItsName(t *testing.T) {
	for name, want := range map[string]string{
		"商标_20260131.csv": "2026-01-31", "2026-01-31 list.xlsx": "2026-01-31", "清单2026年01月31日.csv": "2026-01-31", "a.csv": "", "12026013145.csv": "", "20261331.csv": "",
	} {
		if got := DayInName(name).String(); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

func TestWhatIsNoTableOfTheMappingIsRejected(t *testing.T) {
	m := parse(t, plainMapping)
	for code, text := range map[string]string{"header.columns": "a,b\n1,2\n", "table.no_rows": "号,人\n", "encoding.unknown": "\xff\x00\x01"} {
		var r *entry.Reject
		in := &entry.Input{Context: t.Context(), R: strings.NewReader(text), Limits: entry.DefaultLimits()}
		if err := m.split(in, func(entry.Batch) error { return nil }); !errors.As(err, &r) || r.Code != code {
			t.Errorf("%q: %v, want %s", text, err, code)
		}
	}
	for _, text := range []string{"<xml>号,人", "{\"号\": 1}", "", "[1]", "\x00\x01"} {
		if m.Format().Detect("x", []byte(text)) {
			t.Errorf("%q is taken for a table", text)
		}
	}
}

func TestUTF16IsRead(t *testing.T) {
	m := parse(t, plainMapping)
	var b bytes.Buffer
	b.WriteString("\xff\xfe")
	if _, err := charset.UTF16LE.NewWriter(&b).Write([]byte("号\t人\r\n1\t甲\r\n")); err != nil {
		t.Fatal(err)
	}
	data := b.Bytes()
	if bytes.HasPrefix(data[2:], []byte("\xff\xfe")) {
		data = data[2:]
	}
	entries, _, _ := read(t, &Set{Mappings: []*Mapping{m}, forms: m.forms}, "u.txt", data)
	if len(entries) != 1 || entries[0].Doc == nil || entries[0].Doc.Parties[0].Name() != "甲" {
		t.Fatalf("%+v", entries)
	}
}

func TestRowsOfManyRightsHaveALimit(t *testing.T) {
	s := ready(t)
	cell := strings.Repeat("ZL201710601862.3;", maxEach+1)
	text := "质押登记号,专利号,出质人,质权人,登记日\nY1," + cell + ",甲公司,乙银行,2020-01-01\nY2,ZL201710601862.3,甲公司,乙银行,2020-01-01\n"
	entries, _, id := read(t, s, "p.csv", []byte(text))
	if id != "patent-pledges" || len(entries) != 2 || entries[0].Reject == nil || entries[0].Reject.Code != "table.too_many" || entries[1].Doc == nil {
		t.Errorf("%s: %+v", id, entries)
	}
}

func TestJoinedRowsGoAcrossBatches(t *testing.T) {
	var b strings.Builder
	b.WriteString("注册号,商标名称,类别,申请人\n")
	for i := range 3 * batchRows {
		fmt.Fprintf(&b, "%d,样例,%d,甲\n", 1+i/3, 1+i%45)
	}
	entries, _, _ := read(t, ready(t), "m.csv", []byte(b.String()))
	if len(entries) != batchRows {
		t.Fatalf("%d entries, want %d", len(entries), batchRows)
	}
	for i, e := range entries {
		if e.Doc == nil || len(e.Doc.Classes) != 3 || e.Doc.Number != fmt.Sprint(i+1) || e.Row != int64(3*i+1) {
			t.Fatalf("entry %d: %+v", i, e)
		}
	}
}

func FuzzTable(f *testing.F) {
	s := ready(f)
	for _, m := range s.Mappings {
		for _, o := range []WriteOptions{{Lang: "zh"}, {Lang: "en", Encoding: charset.GB18030, Separator: ';'}} {
			var b bytes.Buffer
			if err := m.WriteExamples(&b, o); err == nil {
				f.Add(b.Bytes())
			}
		}
	}
	f.Add([]byte(`[{"EA_FileNumber": "a", "EA_Name": "b", "EA_Type": "c"}]`))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, format := range s.Formats() {
			if !format.Detect("x", data) {
				continue
			}
			in := &entry.Input{Context: t.Context(), Name: "x", R: bytes.NewReader(data), Limits: entry.DefaultLimits()}
			_ = format.Split(in, func(b entry.Batch) error {
				got := b.Decode(&entry.Unread{})
				if len(got) != b.N {
					t.Fatalf("%d entries of %d", len(got), b.N)
				}
				for _, e := range got {
					if (e.Doc == nil) == (e.Reject == nil) {
						t.Fatalf("%+v", e)
					}
					if e.Doc != nil && len(e.Doc.Keys()) == 0 {
						t.Fatalf("no key: %+v", e.Doc)
					}
				}
				return nil
			})
		}
	})
}
