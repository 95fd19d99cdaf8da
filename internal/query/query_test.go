package query

import (
	"errors"
	"math/rand/v2"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"onewindow/internal/ierr"
)

func TestCataloguesSayTheSameInBothLanguages(t *testing.T) {
	en, zh := catalogue(t, "en"), catalogue(t, "zh")
	for key, text := range en {
		other, ok := zh[key]
		if !ok {
			t.Errorf("zh lacks %s", key)
		}
		a, b := map[string]bool{}, map[string]bool{}
		for _, p := range placeholder.FindAllString(text, -1) {
			a[p] = true
		}
		for _, p := range placeholder.FindAllString(other, -1) {
			b[p] = true
		}
		if !reflect.DeepEqual(a, b) {
			t.Errorf("%s takes %v in English and %v in Chinese", key, a, b)
		}
	}
	for key := range zh {
		if _, ok := en[key]; !ok {
			t.Errorf("en lacks %s", key)
		}
	}
}

// Every error of the package's code is shown by an example and has a text.
func TestEveryErrorIsShownByAnExample(t *testing.T) {
	texts := catalogue(t, "en")
	shown, err := os.ReadFile("testdata/errors.txt")
	if err != nil {
		t.Fatal(err)
	}
	limits := map[string]bool{"query.long": true, "query.deep": true, "query.terms": true, "query.encoding": true}
	for key := range texts {
		code, ok := strings.CutPrefix(key, "err.")
		if ok && !limits[code] && !strings.Contains(string(shown), "! "+code+" at ") {
			t.Errorf("no example is refused with %s", code)
		}
	}
	literal := regexp.MustCompile(`"(query\.[a-z_]+)"`)
	for _, file := range []string{"query.go", "parse.go", "value.go", "day.go", "token.go"} {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range literal.FindAllStringSubmatch(string(b), -1) {
			if texts["err."+m[1]] == "" {
				t.Errorf("%s refuses with %s, which has no text", file, m[1])
			}
		}
	}
}

func TestLimits(t *testing.T) {
	schema := testSchema(t)
	for _, c := range []struct{ src, code string }{
		{strings.Repeat("a", MaxLength), ""},
		{strings.Repeat("电", MaxLength), ""},
		{strings.Repeat("a", MaxLength+1), "query.long"},
		{strings.Repeat("kind=发明 ", 400), "query.long"}, // written out
		{strings.Repeat("(", MaxDepth) + "a" + strings.Repeat(")", MaxDepth), ""},
		{strings.Repeat("(", MaxDepth+1) + "a" + strings.Repeat(")", MaxDepth+1), "query.deep"},
		{strings.Repeat("not ", MaxDepth) + "a", ""},
		{strings.Repeat("not ", MaxDepth+1) + "a", "query.deep"},
		{strings.Repeat("(a or b and ", 40) + "c" + strings.Repeat(")", 40), "query.deep"},
		{strings.Repeat("a ", MaxTerms), ""},
		{strings.Repeat("a ", MaxTerms+1), "query.terms"},
		{"(" + strings.Repeat("a or ", 20) + "a) near/3 (" + strings.Repeat("b or ", 20) + "b)", "query.terms"},
		{"a\xff", "query.encoding"},
	} {
		_, err := Parse(c.src, schema)
		var e *Error
		if errors.As(err, &e) != (c.code != "") || e != nil && e.Code != c.code {
			t.Errorf("%.40q… of %d bytes gives %v, want %q", c.src, len(c.src), err, c.code)
		}
		if e != nil {
			if r := e.Refusal(); r.Kind != ierr.Invalid || r.Args["pos"] != e.Pos {
				t.Errorf("refused as %v", r)
			}
			for _, lang := range []string{"en", "zh"} {
				translator(t, lang)("err."+e.Code, e.Refusal().Args)
			}
		}
	}
}

func TestNeedsWords(t *testing.T) {
	schema := testSchema(t)
	for src, want := range map[string]bool{
		"":                                  false,
		"*":                                 false,
		"电池":                                true,
		"pa=华为":                             true,
		"pa==华为技术有限公司":                      false,
		"region=苏州 and pd=2019 or ipc=H01M": false,
		"not (region=苏州 and not ti=a)":      true,
		"a near/3 b":                        true,
		"CN109996757A":                      false,
	} {
		q, err := Parse(src, schema)
		if err != nil {
			t.Fatal(err)
		}
		if q.NeedsWords() != want {
			t.Errorf("%q needs words: %v", src, !want)
		}
	}
}

func TestFieldsOfAQuery(t *testing.T) {
	q, err := Parse("ti=(a near/3 b) 电池 pd=2019 not ti=c", testSchema(t))
	if err != nil {
		t.Fatal(err)
	}
	if got := q.Fields(); !reflect.DeepEqual(got, []string{"ti", "", "pd"}) {
		t.Errorf("fields %q", got)
	}
}

func TestSchemaRefusesWhatCouldNotBeRead(t *testing.T) {
	resolve := func(string) (Choice, []string, bool) { return Choice{}, nil, false }
	for name, fields := range map[string][]Field{
		"no name":        {{Name: ""}},
		"blank in name":  {{Name: "a b"}},
		"keyword":        {{Name: "or"}},
		"alias twice":    {{Name: "a", Aliases: map[string][]string{"zh": {"甲"}}}, {Name: "b", Aliases: map[string][]string{"zh": {"甲"}}}},
		"no resolve":     {{Name: "a", Type: Listed}},
		"no normalize":   {{Name: "a", Type: Number}},
		"unknown type":   {{Name: "a", Type: 99}},
		"sign in alias":  {{Name: "a", Type: Listed, Resolve: resolve, Aliases: map[string][]string{"en": {"a="}}}},
		"brackets alias": {{Name: "a", Aliases: map[string][]string{"en": {"a(b)"}}}},
	} {
		if _, err := NewSchema(fields); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestNormalizeIPC(t *testing.T) {
	for in, want := range map[string]string{
		"h": "H", "H01": "H01", "h01m": "H01M", "H01M 10": "H01M10", "H01M10/05": "H01M10/05",
		"H01M 10/0525": "H01M10/0525", "H01M0010/05": "H01M10/05", "H01M10/05(2010.01)I": "H01M10/05", "Ｈ０１Ｍ": "H01M",
	} {
		if got, ok := NormalizeIPC(in); !ok || got != want {
			t.Errorf("%q reads as %q, %v; want %q", in, got, ok, want)
		}
		if got, ok := NormalizeIPC(want); !ok || got != want {
			t.Errorf("%q does not read as itself but as %q", want, got)
		}
	}
	for _, in := range []string{"", "I01", "H1", "H01M/05", "H01M10/5", "H01M10/", "H01M00", "H01M12345", "06-01"} {
		if got, ok := NormalizeIPC(in); ok {
			t.Errorf("%q reads as %q", in, got)
		}
	}
}

// checkRoundTrip fails when the printed form of src is not read as the same tree.
func checkRoundTrip(t *testing.T, schema *Schema, src string) {
	t.Helper()
	q, err := Parse(src, schema)
	if err != nil {
		var e *Error
		if n := len([]rune(src)); !errors.As(err, &e) || e.Pos < 0 || e.Pos > e.End || e.End > n {
			t.Fatalf("%q is refused at no place within it: %v", src, err)
		}
		return
	}
	text := q.String()
	back, err := Parse(text, schema)
	if err != nil {
		t.Fatalf("%q prints as %q, which is refused: %v", src, text, err)
	}
	if !reflect.DeepEqual(q.Root, back.Root) {
		t.Fatalf("%q prints as %q, which is another tree:\n%#v\n%#v", src, text, q.Root, back.Root)
	}
	if again := back.String(); again != text {
		t.Fatalf("%q prints as %q, then as %q", src, text, again)
	}
}

// Random strings of the language's own pieces: whatever is accepted prints to
// itself.
func TestPrintedQueriesParseToThemselves(t *testing.T) {
	schema := testSchema(t)
	pieces := []string{
		"(", ")", "(", ")", "and", "or", "not", "与", "或", "非", "near/5", "near/2/ordered", "prox/distance<3",
		"ti=", "ab=", "pa=", "pa==", "pn=", "ap=", "pd=", "pd>", "pd<=", "pd within", "ipc=", "ipc==", "region=", "region==", "kind any", "ti any", "ti all", "标题：", "region all",
		"battery", "电池", "batter*", "el?ct*", "*", "2019", "2019-07", "2019-07-09", "CN109996757A", "2017106018623", "CN1099*", "H01M", "H01M10/05", "H01M*",
		"苏州", "320583", "发明", "design", `"a b"`, `"苏州 320200"`, `"invention design"`, `"2018 2019-07"`, `"x(y) and 「z」"`, `"back\\slash \"quoted\""`, "，",
	}
	rng := rand.New(rand.NewPCG(1, 2))
	accepted := 0
	for range 60000 {
		var b strings.Builder
		for range 1 + rng.IntN(9) {
			b.WriteString(pieces[rng.IntN(len(pieces))])
			if rng.IntN(3) > 0 {
				b.WriteByte(' ')
			}
		}
		if _, err := Parse(b.String(), schema); err == nil {
			accepted++
		}
		checkRoundTrip(t, schema, b.String())
	}
	if accepted < 5000 {
		t.Errorf("only %d random queries were accepted: the test says little", accepted)
	}
}

func FuzzParse(f *testing.F) {
	for _, file := range []string{"testdata/queries.txt", "testdata/errors.txt", "../../doc/query.md"} {
		b, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		for _, line := range strings.Split(string(b), "\n") {
			if src, ok := strings.CutPrefix(line, "> "); ok {
				f.Add(src)
			}
		}
	}
	schema := testSchema(f)
	texts := map[string]map[string]string{"en": catalogue(f, "en"), "zh": catalogue(f, "zh")}
	f.Fuzz(func(t *testing.T, src string) {
		checkRoundTrip(t, schema, src)
		if q, err := Parse(src, schema); err == nil {
			for lang := range texts {
				if q.Explain(lang, fill(t, lang, texts[lang])) == "" {
					t.Errorf("%q is not explained", src)
				}
			}
		}
	})
}

func BenchmarkParse(b *testing.B) {
	schema := testSchema(b)
	for b.Loop() {
		if _, err := Parse(`ti=(电池 or batter*) and region=苏州 and kind=invention and pd within "2019-07 2019-09"`, schema); err != nil {
			b.Fatal(err)
		}
	}
}

func TestTheDocNamesEveryField(t *testing.T) {
	b, err := os.ReadFile("../../doc/query.md")
	if err != nil {
		t.Fatal(err)
	}
	en, zh := catalogue(t, "en"), catalogue(t, "zh")
	for _, f := range RightFields() {
		row := regexp.MustCompile("(?m)^\\| `" + f.Name + "` \\|.*$").FindString(string(b))
		for lang, aliases := range f.Aliases {
			for _, a := range aliases {
				if !strings.Contains(row, a) {
					t.Errorf("the row of %s in the doc lacks %s (%s): %q", f.Name, a, lang, row)
				}
			}
		}
		if en[f.Label] == "" || zh[f.Label] == "" {
			t.Errorf("%s has no label %s", f.Name, f.Label)
		}
	}
}
