package xmlrec

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"

	"onewindow/internal/source/charset"
	"onewindow/internal/source/entry"
)

func split(t testing.TB, r io.Reader, limits entry.Limits) ([]Found, error) {
	t.Helper()
	var out []Found
	in := &entry.Input{Context: t.Context(), R: r, Limits: limits.Or(entry.DefaultLimits())}
	err := Split(in, "doc", func(f Found) error {
		out = append(out, f)
		return nil
	})
	return out, err
}

// show writes what was found in short: records as they are, rejects by code.
func show(found []Found) string {
	var out []string
	for _, f := range found {
		if f.Reject != nil {
			out = append(out, "!"+f.Reject.Code)
		} else {
			out = append(out, string(f.Data))
		}
	}
	return strings.Join(out, " | ")
}

var splits = []struct{ name, in, want string }{
	{"one", `<?xml version="1.0"?><doc a="1">x</doc>`, `<doc a="1">x</doc>`},
	{"empty element", `<doc/> <doc a="/"/>`, `<doc/> | <doc a="/"/>`},
	{"concatenated", "\uFEFF<?xml version=\"1.0\"?>\n<!DOCTYPE doc SYSTEM \"x.dtd\"[]>\n<doc>1</doc>\n<?xml version=\"1.0\"?><doc>2</doc>", `<doc>1</doc> | <doc>2</doc>`},
	{"wrapped", `<all><head><docs/></head><doc>1</doc><doc>2</doc></all>`, `<doc>1</doc> | <doc>2</doc>`},
	{"markup that is none", `<doc><!-- </doc> --><![CDATA[</doc>]]><a b='</doc>' c=">"/></doc>`, `<doc><!-- </doc> --><![CDATA[</doc>]]><a b='</doc>' c=">"/></doc>`},
	{"other elements", `<docket>1</docket><doc>2</doc>`, `!xml.stray | <doc>2</doc>`},
	{"no end, next declared", `<doc><a>1<?xml version="1.0"?><doc>2</doc>`, `!xml.unended | <doc>2</doc>`},
	{"no end, next has a DOCTYPE", `<doc><a>1<!DOCTYPE doc><doc>2</doc>`, `!xml.unended | <doc>2</doc>`},
	{"no end, next begins", `<doc><a>1</a><doc>2</doc>`, `!xml.unended | <doc>2</doc>`},
	{"no end at all", `<doc>1</doc><doc><a>2`, `<doc>1</doc> | !xml.unended`},
	{"no end of a tag", `<doc>1</doc><doc a="2`, `<doc>1</doc> | !xml.stray`},
	{"stray text", `<doc>1</doc> und so weiter <doc>2</doc> fin`, `<doc>1</doc> | !xml.stray | <doc>2</doc> | !xml.stray`},
	{"entity bomb", `<!DOCTYPE doc [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><doc>&c;</doc><doc>2</doc>`, `!xml.entities | <doc>2</doc>`},
	{"external entity", `<!DOCTYPE doc [<!ENTITY a SYSTEM "file:///etc/passwd">]><doc>&a;</doc>`, `!xml.entities`},
	{"parameter entity", `<!DOCTYPE doc [<!ENTITY % a SYSTEM "x.dtd">%a;]><doc>1</doc>`, `!xml.entities`},
	{"pictures by name", `<!DOCTYPE doc [<!ENTITY D1.TIF SYSTEM "D1.TIF" NDATA TIF><!ENTITY b PUBLIC "-//x" 'b.TIF' NDATA TIF >]><doc i="D1.TIF"/>`, `<doc i="D1.TIF"/>`},
	{"text beside pictures", `<!DOCTYPE doc [<!ENTITY D1.TIF SYSTEM "D1.TIF" NDATA TIF><!ENTITY b "NDATA">]><doc>&b;</doc>`, `!xml.entities`},
	{"text with the words of a picture", `<!DOCTYPE doc [<!ENTITY b "x SYSTEM y NDATA z">]><doc>&b;</doc>`, `!xml.entities`},
	{"directive with brackets", `<!DOCTYPE doc [<!ELEMENT doc (a|b)*> <!-- > -->]><doc>1</doc>`, `<doc>1</doc>`},
}

func TestRecordsAreCut(t *testing.T) {
	for _, c := range splits {
		t.Run(c.name, func(t *testing.T) {
			for _, r := range []io.Reader{strings.NewReader(c.in), iotest.OneByteReader(strings.NewReader(c.in))} {
				found, err := split(t, r, entry.Limits{})
				if got := show(found); err != nil || got != c.want {
					t.Errorf("cut into %s, %v; want %s", got, err, c.want)
				}
				for i, f := range found {
					if f.Number != int64(i+1) {
						t.Errorf("record %d has number %d", i+1, f.Number)
					}
				}
			}
		})
	}
}

func TestRecordsOfSeveralNames(t *testing.T) {
	var got []string
	in := &entry.Input{Context: t.Context(), R: strings.NewReader(`<all><doc>1</doc><sheet>2</sheet><doc><a><sheet>3</sheet><docs/></all>`), Limits: entry.DefaultLimits()}
	err := SplitAny(in, []string{"doc", "sheet"}, func(f Found) error {
		got = append(got, fmt.Sprint(f.Number, f.Root, string(f.Data), f.Reject != nil))
		return nil
	})
	want := []string{"1doc<doc>1</doc>false", "2sheet<sheet>2</sheet>false", "3true", "4sheet<sheet>3</sheet>false"}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("(-want +got) %v\n%s", err, diff)
	}
}

func TestPlacesOfRecords(t *testing.T) {
	in := "<?xml version=\"1.0\"?>\n<all>\n  <doc>\n1</doc>\n\n<doc>2</doc> <doc>3"
	found, err := split(t, strings.NewReader(in), entry.Limits{})
	if err != nil || len(found) != 3 {
		t.Fatal(show(found), err)
	}
	for i, line := range []int64{3, 6, 6} {
		if found[i].Line != line || !strings.HasPrefix(in[found[i].Offset:], "<doc>") {
			t.Errorf("record %d is said to stand in line %d at %q", i+1, found[i].Line, in[found[i].Offset:])
		}
	}
}

func TestLimits(t *testing.T) {
	deep := "<doc>" + strings.Repeat("<a>", 20) + strings.Repeat("</a>", 20) + "</doc>"
	long := "<doc>" + strings.Repeat("x", 300<<10) + "</doc>"
	for _, c := range []struct{ name, in, want string }{
		{"deep", deep + "<doc>1</doc>", "!xml.depth | <doc>1</doc>"},
		{"long, next in sight", long + "<doc>1</doc>", "!xml.too_long | <doc>1</doc>"},
		{"long, next declared", long + `<?xml version="1.0"?><doc>1</doc>`, "!xml.too_long | <doc>1</doc>"},
		{"two long ones", long + long + "<doc>1</doc>", "!xml.too_long | !xml.too_long | <doc>1</doc>"},
		{"long and last", "<doc>1</doc>" + long, "<doc>1</doc> | !xml.too_long"},
		{"endless text", "<doc>1</doc>" + strings.Repeat("y", 400<<10), "<doc>1</doc> | !xml.too_long"},
	} {
		found, err := split(t, strings.NewReader(c.in), entry.Limits{XMLDepth: 10, Record: 100 << 10})
		if got := show(found); err != nil || got != c.want {
			t.Errorf("%s: cut into %s, %v; want %s", c.name, got, err, c.want)
		}
	}
}

func TestEncodings(t *testing.T) {
	const doc = `<doc>样例，一种装置</doc>`
	gb, _ := simplifiedchinese.GB18030.NewEncoder().String(doc)
	utf16 := func(e charset.Encoding) string {
		var b bytes.Buffer
		if _, err := io.WriteString(e.NewWriter(&b), doc); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	for _, c := range []struct {
		name, in string
		recoded  bool
	}{
		{"declared", `<?xml version="1.0" encoding="UTF-8"?>` + doc, false},
		{"not declared", doc, false},
		{"declared GBK", "<?xml version='1.0' encoding = 'gbk' ?>" + gb, false},
		{"GB18030 without a word of it", `<?xml version="1.0"?>` + gb, true},
		{"byte order mark", "\uFEFF" + doc, false},
		{"UTF-16", utf16(charset.UTF16LE), false},
		{"UTF-16 the other way", utf16(charset.UTF16BE), false},
	} {
		found, err := split(t, strings.NewReader(c.in), entry.Limits{})
		if got := show(found); err != nil || got != doc || found[0].Recoded != c.recoded {
			t.Errorf("%s: %s, %v", c.name, got, err)
		}
		if !Detect([]byte(c.in), "doc") || Detect([]byte(c.in), "do") {
			t.Errorf("%s: not known by its element", c.name)
		}
	}
}

func TestMembersThatEndEarly(t *testing.T) {
	broken := errors.New("broken")
	for _, c := range []struct{ name, in, code string }{
		{"no record", "<other/>", "xml.no_record"},
		{"nothing", "", "xml.no_record"},
		{"unknown encoding", `<?xml version="1.0" encoding="EBCDIC-CP-BE"?><doc/>`, "encoding.unsupported"},
		{"no text at all", "\x00\x01\x02<doc/>", "encoding.unknown"},
	} {
		_, err := split(t, strings.NewReader(c.in), entry.Limits{})
		var r *entry.Reject
		if !errors.As(err, &r) || r.Code != c.code {
			t.Errorf("%s: %v", c.name, err)
		}
		if Detect([]byte(c.in), "none") {
			t.Errorf("%s: known by an element that is not there", c.name)
		}
	}
	for _, in := range []string{"", "<doc>1</doc>", "<doc>1</doc><doc>2", "<doc>1</doc> text"} {
		found, err := split(t, io.MultiReader(strings.NewReader(in), iotest.ErrReader(broken)), entry.Limits{})
		if !errors.Is(err, broken) || len(found) != strings.Count(in, "</doc>") {
			t.Errorf("%q: %s, %v", in, show(found), err)
		}
	}
	stop := errors.New("stop")
	for _, c := range splits {
		in := &entry.Input{Context: t.Context(), R: strings.NewReader(c.in), Limits: entry.DefaultLimits()}
		if err := Split(in, "doc", func(Found) error { return stop }); !errors.Is(err, stop) {
			t.Errorf("%s: the caller's error comes back as %v", c.name, err)
		}
	}
}

func TestTheTreeKnowsWhatWasRead(t *testing.T) {
	const doc = `<doc id="7" xmlns:x="y" kind="">
		<title lang="zh">一种 <b>装置</b>的
		方法 of <i>two</i>
		words<br/>断</title>
		<p>水H<sub>2</sub>O<img file="a.tif"/>&alpha;&nosuch;<maths><![CDATA[<math><mi>x</mi><mo>&leq;</mo><mn>1</mn></math>]]></maths></p>
		<number> 12
		 3 </number>
		<twice><n>1</n><n>2</n></twice>
		<body><x:p a="1">lots</x:p><x:p>more</x:p></body>
		<body/><empty><void/></empty><left><over>1</over></left>
	</doc>`
	root, reject := Parse([]byte(doc), Bulk{"body": "x:p"}, entry.DefaultLimits())
	if reject != nil {
		t.Fatal(reject)
	}
	leave := func(name string) bool { return name == "img" }
	if got := root.Child("none", "title").Text(nil); got != "一种 装置的方法 of two words断" {
		t.Errorf("title %q", got)
	}
	if got := root.Child("p").Text(leave); got != "水H2Oα&nosuch;x≤1" {
		t.Errorf("paragraph %q", got)
	}
	if got := root.At("number").Value(); got != "12 3" {
		t.Errorf("number %q", got)
	}
	if got := root.At("title").Value(); got != "一种 装置的方法 of two words断" {
		t.Errorf("value of mixed content %q", got)
	}
	if n := root.At("twice").All("n"); len(n) != 2 || n[1].Value() != "2" || n[0].Peek() != "1" || root.At("twice").Peek() != "" {
		t.Errorf("found %v", n)
	}
	bodies := root.All("body")
	if len(bodies) != 2 || bodies[0].Count != 2 || bodies[1].Count != 0 || len(bodies[0].Children) != 0 {
		t.Errorf("bodies %+v", bodies)
	}
	if root.Attr("id") != "7" || root.Attr("none") != "" {
		t.Error("attributes are not found")
	}
	var none *Node
	if none.Child("a").At("b").All("c") != nil || none.Attr("d") != "" || none.Value() != "" || none.Text(nil) != "" || none.Use() != nil {
		t.Error("nothing has something in it")
	}
	var u entry.Unread
	root.Unread(&u)
	got := map[string]int64{}
	u.AddTo(got, "f")
	want := map[string]int64{"f: title@lang": 1, "f: p/img": 1, "f: left": 1}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	root.Child("left").Use()
	again := entry.Unread{}
	root.Unread(&again)
	got = map[string]int64{}
	again.AddTo(got, "f")
	if got["f: left"] != 0 || got["f: left/over"] != 0 {
		t.Errorf("what is used is unread: %v", got)
	}
}

func TestUnreadBulkCounts(t *testing.T) {
	root, reject := Parse([]byte(`<doc><a>x</a><a> </a><a><b/></a><a/></doc>`), Bulk{"a": ""}, entry.DefaultLimits())
	if reject != nil {
		t.Fatal(reject)
	}
	var u entry.Unread
	root.Unread(&u)
	got := map[string]int64{}
	u.AddTo(got, "f")
	if diff := cmp.Diff(map[string]int64{"f: a": 2}, got); diff != "" {
		t.Error(diff)
	}
}

func TestRecordsThatAreNotWellFormed(t *testing.T) {
	limits := entry.Limits{XMLDepth: 5, Attributes: 3}.Or(entry.DefaultLimits())
	for _, c := range []struct{ in, code string }{
		{`<doc><a></b></doc>`, "xml.malformed"},
		{`<doc><a></doc>`, "xml.malformed"},
		{`<doc>`, "xml.malformed"},
		{`</doc>`, "xml.malformed"},
		{`<doc></doc></doc>`, "xml.malformed"},
		{`<doc/><doc/>`, "xml.malformed"},
		{`<doc><a <b></doc>`, "xml.malformed"},
		{"<doc>\xff\xfe</doc>", "xml.malformed"},
		{`<doc><bulk><a></bulk>`, "xml.malformed"},
		{`<doc><bulk><a></b></c></doc>`, "xml.malformed"},
		{`<doc a="1" b="2" c="3" d="4"/>`, "xml.attributes"},
		{`<doc>` + strings.Repeat("<a>", 9) + strings.Repeat("</a>", 9) + `</doc>`, "xml.depth"},
	} {
		if n, r := Parse([]byte(c.in), Bulk{"bulk": ""}, limits); r == nil || r.Code != c.code {
			t.Errorf("%s: %+v, %v", c.in, n, r)
		}
	}
}

func FuzzSplitAndParse(f *testing.F) {
	for _, c := range splits {
		f.Add([]byte(c.in))
	}
	f.Add([]byte(`<doc><bulk><a/>x</bulk><p>&amp;<![CDATA[<math>&x;]]></p></doc>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		limits := entry.Limits{Record: 8 << 10, XMLDepth: 12, Attributes: 8}
		whole, err := split(t, bytes.NewReader(data), limits)
		byBytes, err2 := split(t, iotest.OneByteReader(bytes.NewReader(data)), limits)
		if len(data) < 4<<10 && (show(whole) != show(byBytes) || fmt.Sprint(err) != fmt.Sprint(err2)) {
			t.Fatalf("cut into %q, %v and byte by byte into %q, %v", show(whole), err, show(byBytes), err2)
		}
		for _, r := range whole {
			if n, reject := Parse(r.Data, Bulk{"bulk": "a"}, limits); reject == nil {
				n.Text(nil)
				n.Unread(&entry.Unread{})
			}
		}
	})
}

func BenchmarkSplit(b *testing.B) {
	doc := `<doc a="1">` + strings.Repeat("<p num=\"1\">"+strings.Repeat("说明书全文", 40)+"</p>\n", 100) + "</doc>\n"
	data := []byte(strings.Repeat(doc, 50))
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if found, err := split(b, bytes.NewReader(data), entry.Limits{}); err != nil || len(found) != 50 {
			b.Fatal(len(found), err)
		}
	}
}

func TestEntitiesOfAFormat(t *testing.T) {
	tree, reject := ParseEntities([]byte(`<doc a="&agr;">&agr;&lt;&other;&amp;</doc>`), nil, entry.DefaultLimits(), map[string]string{"agr": "α"})
	if reject != nil || tree.Value() != "α<&other;&" || tree.Attr("a") != "α" {
		t.Errorf("%+v, %+v", tree, reject)
	}
}

func TestNamesWithoutTheirPrefixes(t *testing.T) {
	root, reject := Parse([]byte(`<a:doc xmlns:a="x" xsi:b="y"><c:d e:f="1">two</c:d><g h="3"/></a:doc>`), nil, entry.DefaultLimits())
	if reject != nil {
		t.Fatal(reject)
	}
	root.Local()
	if root.Name != "doc" || root.Child("d").Value() != "two" || root.Child("d").Attr("f") != "1" || root.Child("g").Attr("h") != "3" {
		t.Errorf("%+v", root)
	}
	var u entry.Unread
	root.Unread(&u)
	got := map[string]int64{}
	if u.AddTo(got, "f"); len(got) != 0 {
		t.Errorf("unread %v", got)
	}
	if (*Node)(nil).Local() != nil {
		t.Error("nothing became something")
	}
}
