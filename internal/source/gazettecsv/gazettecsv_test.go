package gazettecsv

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"onewindow/internal/record"
	"onewindow/internal/source/charset"
	"onewindow/internal/source/entry"
	"onewindow/internal/source/sourcetest"
)

// table writes documents with the given oddities.
func write(t testing.TB, o Options, docs ...*record.Document) []byte {
	t.Helper()
	var b bytes.Buffer
	w := NewWriter(&b, o)
	for _, d := range docs {
		if err := w.Write(d); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func read(t testing.TB, data []byte) []entry.Entry {
	t.Helper()
	out, _, err := sourcetest.Entries(Format(1), data, entry.Limits{})
	if err != nil {
		t.Fatalf("the table ends early: %v", err)
	}
	return out
}

// inTable returns what the layout has columns for.
func inTable(d *record.Document) *record.Document {
	out := *d
	out.Issued, out.Gazette, out.Abstracts, out.Filings, out.Cited, out.Claims, out.Parties = d.Published, "", nil, nil, nil, 0, nil
	for _, p := range d.Parties {
		if p.Role == record.Agency || p.Role == record.Agent {
			continue
		}
		p.Country = ""
		out.Parties = append(out.Parties, p)
	}
	return &out
}

func withoutFlags(d *record.Document) *record.Document {
	out := *d
	out.Flags = nil
	return &out
}

func codes(d *record.Document) string {
	var out []string
	for _, f := range d.Flags {
		out = append(out, f.Code)
	}
	return strings.Join(out, " ")
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	docs := sourcetest.Documents(1, 700) // several batches
	for _, o := range []Options{
		{},
		{Encoding: charset.UTF8},
		{Encoding: charset.UTF8, BOM: true, Chinese: true, CRLF: true},
		{Encoding: charset.UTF16LE},
		{Encoding: charset.UTF16BE, CRLF: true},
		{Chinese: true, LostSpaces: true},
		{SwapColumns: true, TrailingSeparator: true, Padding: true},
	} {
		t.Run(fmt.Sprintf("%+v", o), func(t *testing.T) {
			data := write(t, o, docs...)
			if !Format(1).Detect("x", data[:min(len(data), 64<<10)]) {
				t.Error("the table is not known by its header")
			}
			got := read(t, data)
			if len(got) != len(docs) {
				t.Fatalf("%d entries of %d rows", len(got), len(docs))
			}
			for i, e := range got {
				if e.Reject != nil {
					t.Fatalf("row %d: %v", e.Row, e.Reject)
				}
				if e.Row != int64(i+1) || e.Line != e.Row+1 {
					t.Errorf("row %d has number %d and line %d", i+1, e.Row, e.Line)
				}
				if diff := cmp.Diff(inTable(docs[i]), withoutFlags(e.Doc)); diff != "" {
					t.Fatalf("row %d (-written +read)\n%s", e.Row, diff)
				}
				if swapped := strings.Contains(codes(e.Doc), "columns.swapped"); swapped != o.SwapColumns {
					t.Errorf("row %d: flags %s", e.Row, codes(e.Doc))
				}
			}
		})
	}
}

func TestASpreadsheetDamagesAllNumbersButThoseWithX(t *testing.T) {
	docs := sourcetest.Documents(4, 300)
	for _, digits := range []int{3, 5} {
		kept := 0
		for i, e := range read(t, write(t, Options{SpreadsheetDigits: digits, LostSpaces: true}, docs...)) {
			want := inTable(docs[i])
			if strings.HasSuffix(want.Application.Raw, "X") {
				kept++
			} else {
				number := want.Application.Raw
				want.Application.Number = ""
				want.Application.Raw = e.Doc.Application.Raw
				if !strings.HasPrefix(want.Application.Raw, number[:1]+".") || !strings.HasSuffix(want.Application.Raw, "E+12") {
					t.Errorf("%q became %q", number, want.Application.Raw)
				}
			}
			if diff := cmp.Diff(want, withoutFlags(e.Doc)); diff != "" {
				t.Fatalf("row %d (-want +read)\n%s", e.Row, diff)
			}
		}
		if kept == 0 || kept > 60 {
			t.Errorf("%d of 300 numbers were kept", kept)
		}
	}
}

func TestOffsetsLeadToRows(t *testing.T) {
	docs := sourcetest.Documents(2, 50)
	data := write(t, Options{Encoding: charset.UTF8, BOM: true, CRLF: true}, docs...)
	for i, e := range read(t, data) {
		if want := fmt.Sprintf("%d,", i+1); !bytes.HasPrefix(data[e.Offset:], []byte(want)) {
			t.Fatalf("row %d is said to begin at %q", e.Row, data[e.Offset:e.Offset+10])
		}
	}
}

const headLine = "item,name,authorization_notice_id,authorized_announcement_date,filing_id,filing_date,patentee,designer,address,Int.Cl.\n"

// plain is a sound row; with replaces one of its cells.
func plain(with map[column]string) string {
	cells := map[column]string{
		colTitle: "样例装置", colNumber: "CN209000001U", colPublished: "2019.07.09", colFilingID: "201820000001.0", colFiled: "2018.01.02",
		colOwner: "样例公司", colPerson: "甲某", colAddress: "江苏省样例市", colClasses: "H01M10/05(2010.01)I",
	}
	body := "201820000001"
	cells[colFilingID] = body + "." + string(record.CheckDigit(body))
	for c, s := range with {
		cells[c] = s
	}
	row := []string{"1"}
	for c := colTitle; c <= colClasses; c++ {
		row = append(row, cells[c])
	}
	return strings.Join(row, ",") + "\n"
}

func TestDamageIsFlaggedNotGuessed(t *testing.T) {
	for _, c := range []struct {
		name  string
		with  map[column]string
		flags string
		check func(*record.Document) bool
	}{
		{"sound", nil, "", nil},
		{"spreadsheet", map[column]string{colFilingID: "2.02E+12"}, "application_number.damaged",
			func(d *record.Document) bool { return d.Application.Raw == "2.02E+12" && d.Application.Number == "" }},
		{"wrong check digit", map[column]string{colFilingID: "2018200000019"}, "application_number.check_digit",
			func(d *record.Document) bool {
				return d.Application.Number == "201820000001.9" && len(d.Keys()) == 1
			}},
		{"no number", map[column]string{colFilingID: ""}, "application_number.missing", nil},
		{"words for a number", map[column]string{colFilingID: "不详"}, "application_number.unreadable", nil},
		{"a number of another kind", map[column]string{colFilingID: "201810000001"}, "application_number.kind", nil},
		{"lost spaces", map[column]string{colOwner: "甲公司;??乙公司;??丙大学"}, "separator.damaged",
			func(d *record.Document) bool { return d.Parties[2].Name() == "丙大学" && d.Parties[1].Address == "" }},
		{"full-width separator", map[column]string{colPerson: "甲；乙"}, "",
			func(d *record.Document) bool { return len(d.Parties) == 3 }},
		{"trailing separators", map[column]string{colOwner: "甲公司;", colClasses: "H01M10/05(2010.01)I;;"}, "separator.trailing",
			func(d *record.Document) bool { return len(d.Classes) == 1 && d.Flags[0].Field == "patentee Int.Cl." }},
		{"glued postcode", map[column]string{colAddress: "215300江苏省样例市"}, "postcode.glued",
			func(d *record.Document) bool {
				return d.Parties[0].Postcode == "215300" && d.Parties[0].Address == "江苏省样例市"
			}},
		{"full-width postcode", map[column]string{colAddress: "２１５３００江苏省"}, "postcode.glued",
			func(d *record.Document) bool { return d.Parties[0].Postcode == "215300" }},
		{"seven digits", map[column]string{colAddress: "2153001号院"}, "postcode.unclear",
			func(d *record.Document) bool { return d.Parties[0].Address == "2153001号院" }},
		{"foreign address", map[column]string{colAddress: "美国样例州"}, "", nil},
		{"character without a sign", map[column]string{colPerson: "甲;\u2002吴*"}, "name.incomplete",
			func(d *record.Document) bool { return d.Flags[0].Raw == "吴*" }},
		{"unreadable class", map[column]string{colClasses: "H01M10/05(2010.01)I;??01-01 (12)"}, "separator.damaged class.unreadable",
			func(d *record.Document) bool { return len(d.Classes) == 1 && d.Flags[1].Raw == "01-01 (12)" }},
		{"impossible day", map[column]string{colPublished: "2019.02.30"}, "date.unreadable",
			func(d *record.Document) bool { return d.Published == 0 && d.Flags[0].Raw == "2019.02.30" }},
		{"filed after it was published", map[column]string{colFiled: "2020.01.01"}, "date.order", nil},
		{"no title", map[column]string{colTitle: ""}, "title.missing", nil},
		{"no owner", map[column]string{colOwner: ""}, "owner.missing",
			func(d *record.Document) bool { return d.Principal() == nil && d.Flags[0].Raw == "江苏省样例市" }},
		{"no kind code", map[column]string{colNumber: "CN209000001"}, "kind_code.missing", nil},
		{"wrong bytes", map[column]string{colPerson: "甲\xff\xfe乙"}, "text.encoding name.incomplete", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			good := plain(nil)
			got := read(t, []byte(headLine+strings.Repeat(good, 60)+plain(c.with)))
			e := got[len(got)-1]
			if e.Reject != nil {
				t.Fatal(e.Reject)
			}
			if codes(e.Doc) != c.flags {
				t.Errorf("flags %q, want %q", codes(e.Doc), c.flags)
			}
			if c.check != nil && !c.check(e.Doc) {
				t.Errorf("read as %+v", *e.Doc)
			}
		})
	}
}

func TestRowsThatCannotBeReadAreRejectedAlone(t *testing.T) {
	long := plain(map[column]string{colTitle: strings.Repeat("长", 600)})
	for _, c := range []struct{ name, row, code string }{
		{"no number", plain(map[column]string{colNumber: ""}), "number.missing"},
		{"damaged number", plain(map[column]string{colNumber: "CN2.09E+08U"}), "number.unreadable"},
		{"endless line", long, "row.too_long"},
		{"quotation without an end", plain(map[column]string{colTitle: `"样例`}), "row.quote_open"},
	} {
		t.Run(c.name, func(t *testing.T) {
			data := headLine + plain(nil) + c.row + plain(nil) + plain(nil)
			got, _, err := sourcetest.Entries(Format(1), []byte(data), entry.Limits{Line: 1000})
			if err != nil || len(got) != 4 {
				t.Fatalf("%d entries, %v", len(got), err)
			}
			bad := got[1]
			if bad.Reject == nil || bad.Reject.Code != c.code || bad.Row != 2 || bad.Line != 3 || len(bad.Reject.Raw) > entry.RawLimit {
				t.Errorf("got %+v, %v", bad, bad.Reject)
			}
			for _, i := range []int{0, 2, 3} {
				if got[i].Doc == nil || got[i].Line != int64(i+2) {
					t.Errorf("the sound row %d is lost: %+v", i+1, got[i])
				}
			}
		})
	}
}

func TestRowsMayRunOverLines(t *testing.T) {
	data := headLine + "\n,,,,\n" + plain(map[column]string{colTitle: "\"一种\n\"\"样例\"\"\n,装置\""}) + plain(map[column]string{colTitle: `5"管`})
	got := read(t, []byte(data))
	if len(got) != 2 || got[0].Doc.Titles[0].Text != "一种\n\"样例\"\n,装置" || got[1].Doc.Titles[0].Text != `5"管` {
		t.Fatalf("got %+v", got)
	}
	if got[0].Line != 4 || got[1].Line != 7 {
		t.Errorf("lines %d and %d", got[0].Line, got[1].Line)
	}
}

func TestShortAndLongRows(t *testing.T) {
	short := "1,样例,CN209000001U,2019.07.09\n"
	long := strings.TrimSuffix(plain(nil), "\n") + ",更多\n"
	got, unread, err := sourcetest.Entries(Format(1), []byte(headLine+short+long+plain(nil)), entry.Limits{})
	if err != nil || len(got) != 3 {
		t.Fatalf("%d entries, %v", len(got), err)
	}
	if c := codes(got[0].Doc); c != "row.short application_number.missing" {
		t.Errorf("short row: %s", c)
	}
	if c := codes(got[1].Doc); c != "row.long" {
		t.Errorf("long row: %s", c)
	}
	want := map[string]int64{"cnipa-gazette-csv: item": 3, "cnipa-gazette-csv: beyond the header": 1}
	if diff := cmp.Diff(want, unread); diff != "" {
		t.Error(diff)
	}
}

func TestColumnsOfOtherLists(t *testing.T) {
	data := "授权公告号,名称,申请日,专利权人,专利代理机构,代理人,摘要,备注,\n" +
		"CN 209000001 U,样例,2018-01-02,甲公司,样例事务所,丙某,一种样例。,随便,无名\n"
	got, unread, err := sourcetest.Entries(Format(1), []byte(data), entry.Limits{})
	if err != nil || len(got) != 1 {
		t.Fatalf("%d entries, %v", len(got), err)
	}
	d := got[0].Doc
	if d.DocID() != "CN209000001U" || d.Abstracts[0].Text != "一种样例。" || d.First(record.Agency).Name() != "样例事务所" || d.First(record.Agent).Name() != "丙某" {
		t.Errorf("read as %+v", *d)
	}
	if codes(d) != "" {
		t.Errorf("columns that are not there are flagged: %s", codes(d))
	}
	if diff := cmp.Diff(map[string]int64{"cnipa-gazette-csv: 备注": 1, "cnipa-gazette-csv: column 9": 1}, unread); diff != "" {
		t.Error(diff)
	}
}

func TestRightsOfAnotherKindAreFlagged(t *testing.T) {
	var mixed, pure strings.Builder
	mixed.WriteString(headLine)
	pure.WriteString(headLine)
	strange := plain(map[column]string{colNumber: "CN109000001A", colFilingID: "201810000001"})
	for i := range 400 {
		pure.WriteString(plain(nil))
		mixed.WriteString(plain(nil))
		if i%4 == 0 {
			mixed.WriteString(strange)
		}
	}
	pure.WriteString(strange)
	rows := read(t, []byte(pure.String()))
	for i, e := range rows {
		if flagged := strings.Contains(codes(e.Doc), "kind.not_of_file"); flagged != (i == len(rows)-1) {
			t.Errorf("row %d: %s", e.Row, codes(e.Doc))
		}
	}
	for _, e := range read(t, []byte(mixed.String())) {
		if codes(e.Doc) != "" {
			t.Errorf("a mixed file has no kind of its own, and row %d is flagged %s", e.Row, codes(e.Doc))
		}
	}
	if e := rows[len(rows)-1]; e.Doc.Kind != record.Invention || e.Doc.Principal().Role != record.Applicant {
		t.Errorf("the number decides: %+v", e.Doc)
	}
}

func TestTheEncodingIsSettledByTheFirstRowThatShowsIt(t *testing.T) {
	ascii := strings.Repeat(plain(map[column]string{colTitle: "x", colOwner: "A", colPerson: "B", colAddress: "C"}), 2000)
	for _, enc := range []charset.Encoding{charset.UTF8, charset.GB18030} {
		var b bytes.Buffer
		if _, err := io.WriteString(enc.NewWriter(&b), headLine+ascii+plain(nil)); err != nil {
			t.Fatal(err)
		}
		got := read(t, b.Bytes())
		if last := got[len(got)-1].Doc; last.Titles[0].Text != "样例装置" || codes(last) != "" {
			t.Errorf("%s: read as %q, %s", enc, last.Titles[0].Text, codes(last))
		}
	}
}

func TestMembersThatAreNoTable(t *testing.T) {
	for _, c := range []struct{ name, data, code string }{
		{"empty", "", "file.empty"},
		{"blank", "\n\n", "file.empty"},
		{"binary", "item\x00\x01\x02", "encoding.unknown"},
		{"neither encoding", "\xff\xff\xff\xff", "encoding.unknown"},
		{"another table", "a,b,c,d\n1,2,3,4\n", "header.unknown"},
	} {
		got, _, err := sourcetest.Entries(Format(1), []byte(c.data), entry.Limits{})
		var r *entry.Reject
		if !errors.As(err, &r) || r.Code != c.code || len(got) > 0 {
			t.Errorf("%s: %d entries, %v", c.name, len(got), err)
		}
		if Format(1).Detect("x.csv", []byte(c.data)) {
			t.Errorf("%s: taken for a gazette", c.name)
		}
	}
}

func TestABrokenStreamKeepsWhatCameBefore(t *testing.T) {
	broken := errors.New("broken")
	data := headLine + strings.Repeat(plain(nil), 900)
	for _, at := range []int{0, len(headLine) / 2, len(headLine) + 10, len(data) / 2} {
		in := &entry.Input{Context: t.Context(), Limits: entry.DefaultLimits(),
			R: io.MultiReader(strings.NewReader(data[:at]), iotest.ErrReader(broken))}
		rows := 0
		err := Format(1).Split(in, func(b entry.Batch) error {
			rows += len(b.Decode(&entry.Unread{}))
			return nil
		})
		whole := max(strings.Count(data[:at], "\n")-1, 0)
		if !errors.Is(err, broken) || rows != whole {
			t.Errorf("broken at %d: %d rows of %d, %v", at, rows, whole, err)
		}
	}
	stop := errors.New("stop")
	in := &entry.Input{Context: t.Context(), Limits: entry.DefaultLimits(), R: strings.NewReader(data)}
	if err := Format(1).Split(in, func(entry.Batch) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("the caller's error comes back as %v", err)
	}
}

func FuzzRead(f *testing.F) {
	docs := sourcetest.Documents(5, 6)
	for _, o := range []Options{{}, {Encoding: charset.UTF8, BOM: true, CRLF: true}, {SwapColumns: true, LostSpaces: true, SpreadsheetDigits: 3}, {Encoding: charset.UTF16LE}} {
		f.Add(write(f, o, docs...))
	}
	f.Add([]byte(headLine + "\"a\n,,CN1"))
	f.Fuzz(func(t *testing.T, data []byte) {
		limits := entry.Limits{Line: 4096}
		got, _, _ := sourcetest.Entries(Format(1), data, limits)
		for i, e := range got {
			if (e.Doc == nil) == (e.Reject == nil) || e.Row != int64(i+1) || e.Line < 1 || e.Offset < 0 {
				t.Fatalf("entry %d is %+v", i, e)
			}
			if e.Doc != nil && (e.Doc.Kind == "" || e.Doc.Number == "") {
				t.Fatalf("entry %d is a document without a number: %+v", i, e.Doc)
			}
		}
		again, _, _ := sourcetest.Entries(Format(1), data, limits)
		if diff := cmp.Diff(got, again); diff != "" {
			t.Fatal(diff)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	data := write(b, Options{LostSpaces: true, SpreadsheetDigits: 3, Padding: true}, sourcetest.Documents(1, 20000)...)
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		rows := 0
		in := &entry.Input{Context: b.Context(), R: bytes.NewReader(data), Limits: entry.DefaultLimits()}
		err := Format(1).Split(in, func(batch entry.Batch) error {
			rows += len(batch.Decode(&entry.Unread{}))
			return nil
		})
		if err != nil || rows != 20000 {
			b.Fatal(rows, err)
		}
	}
	b.ReportMetric(20000*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
