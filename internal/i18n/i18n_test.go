package i18n_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"onewindow/internal/date"
	"onewindow/internal/i18n"
	"onewindow/internal/ierr"
)

// catalogs writes the given files, "lang/part.json" to text, beside a smallest
// format.json of every language, and loads them.
func catalogs(t *testing.T, files map[string]string) (*i18n.Catalogs, error) {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, body := range files {
		lang, _, _ := strings.Cut(name, "/")
		fsys["i18n/"+name] = &fstest.MapFile{Data: []byte(body)}
		fsys["i18n/"+lang+"/format.json"] = &fstest.MapFile{Data: []byte(`{
			"format.language": "` + lang + `", "format.comma": " + ", "format.date": "{dd}.{mm}.{y}",
			"format.moment": "{dd}.{mm}.{y} {hh}:{mi}",
			"err.internal": "broken", "err.cancelled": "stopped"}`)}
	}
	return i18n.Load(fsys)
}

func real(t *testing.T) *i18n.Catalogs {
	t.Helper()
	c, err := i18n.Load(os.DirFS("../../defs"))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestNumbersAndDaysAreWrittenAsTheLanguageDoes(t *testing.T) {
	c := real(t)
	en, zh := c.Printer("en"), c.Printer("zh")
	moment := time.Date(2026, 3, 7, 9, 5, 0, 0, time.FixedZone("", 8*3600))
	for _, row := range []struct{ got, want string }{
		{en.Number(1234567), "1,234,567"},
		{zh.Number(1234567), "1,234,567"},
		{en.Date(20190709), "2019-07-09"},
		{zh.Date(20190709), "2019年7月9日"},
		{en.Date(0), ""},
		{en.Moment(moment), "2026-03-07 09:05"},
		{zh.Moment(moment), "2026年3月7日 09:05"},
		{en.Moment(time.Time{}), ""},
		{en.Percent(0.987), "99%"},
		{en.List([]string{"a", "b"}), "a, b"},
		{zh.List([]string{"甲", "乙"}), "甲、乙"},
		{zh.LanguageName(), "中文"},
	} {
		if row.got != row.want {
			t.Errorf("%q, want %q", row.got, row.want)
		}
	}
}

func TestMessagesTakeTheirArguments(t *testing.T) {
	c, err := catalogs(t, map[string]string{
		"en/a.json": `{"a.n": {"one": "{n} record of {who}", "other": "{n} records of {who}"}, "a.kind": "Kind: {kind}", "a.id": "no. {id}", "a.x": "an x"}`,
		"zh/a.json": `{"a.n": "{who}的{n}件", "a.kind": "类别：{kind}", "a.id": "第{id}号", "a.x": "某"}`,
	})
	if err != nil {
		t.Fatal(err)
	}
	en, zh := c.Printer("en"), c.Printer("zh")
	for _, row := range []struct{ got, want string }{
		{en.T("a.n", ierr.Args{"n": 1, "who": "A"}), "1 record of A"},
		{en.T("a.n", ierr.Args{"n": int64(12345), "who": "A"}), "12,345 records of A"},
		{zh.T("a.n", ierr.Args{"n": 1, "who": "甲"}), "甲的1件"},
		{en.T("a.kind", ierr.Args{"kind": i18n.Key("a.x")}), "Kind: an x"},
		{zh.T("a.kind", ierr.Args{"kind": i18n.Key("a.x")}), "类别：某"},
		{en.T("a.kind", ierr.Args{"kind": date.Date(20190709)}), "Kind: 09.07.2019"},
		{en.T("a.kind", ierr.Args{"kind": []string{"p", "q"}}), "Kind: p + q"},
		{en.T("a.kind", ierr.Args{"kind": "{n} & <b>"}), "Kind: {n} & <b>"},
		{en.T("a.kind", nil), "Kind: {kind}"},
		{en.T("a.id", ierr.Args{"id": 12345}), "no. 12345"},
		{zh.T("a.id", ierr.Args{"id": int64(12345)}), "第12345号"},
		{en.T("a.none", nil), "a.none"},
	} {
		if row.got != row.want {
			t.Errorf("%q, want %q", row.got, row.want)
		}
	}
}

func TestErrorsSpeakToTheReaderAndHideTheirCause(t *testing.T) {
	c, err := catalogs(t, map[string]string{
		"en/a.json": `{"err.number.unknown": "No record has the number {number}."}`,
		"zh/a.json": `{"err.number.unknown": "没有号码为{number}的记录。"}`,
	})
	if err != nil {
		t.Fatal(err)
	}
	en := c.Printer("en")
	unknown := ierr.Wrap(errors.New("sql: no rows"), ierr.NotFound, "number.unknown", ierr.Args{"number": "CN1A"})
	for _, row := range []struct {
		err  error
		want string
	}{
		{unknown, "No record has the number CN1A."},
		{fmt.Errorf("showing: %w", unknown), "No record has the number CN1A."},
		{errors.New("disk on fire at /var/secret"), "broken"},
		{ierr.New(ierr.Invalid, "no.such.text", nil), "broken"},
		{context.Canceled, "stopped"},
	} {
		if got := en.Error(row.err); got != row.want {
			t.Errorf("%v is told as %q, want %q", row.err, got, row.want)
		}
	}
}

func TestFaultsNameFileAndLine(t *testing.T) {
	for name, row := range map[string]struct {
		en, zh string
		want   string
	}{
		"missing":           {"{\n\"a.b\": \"x\",\n\"a.c\": \"y\"\n}", `{"a.b": "x"}`, `i18n/en/a.json:3: "a.c" is missing in language zh`},
		"other arguments":   {`{"a.b": "{n} x"}`, "{\n\n\"a.b\": \"{m} x\"}", `i18n/en/a.json:1: "a.b" names the arguments [n], but [m] at i18n/zh/a.json:3`},
		"unbalanced":        {"{\n\"a.b\": \"{n\"}", `{"a.b": ""}`, "i18n/en/a.json:2: unbalanced brace"},
		"closing alone":     {"{\n\"a.b\": \"n}\"}", `{"a.b": ""}`, "i18n/en/a.json:2: unbalanced brace"},
		"argument's name":   {`{"a.b": "{N 1}"}`, `{"a.b": ""}`, "i18n/en/a.json:1: {N 1} is not an argument's name"},
		"message's name":    {"{\n\"b\": \"\"}", `{}`, `i18n/en/a.json:2: "b" is not a message's name`},
		"lacks a form":      {`{"a.b": {"other": "x", "few": "y"}}`, `{"a.b": ""}`, `i18n/en/a.json:1: "a.b" lacks the form "one"`},
		"lacks other":       {`{"a.b": {"one": "x"}}`, `{"a.b": ""}`, `i18n/en/a.json:1: "a.b" lacks the form "other"`},
		"unknown form":      {`{"a.b": {"some": "x"}}`, `{"a.b": ""}`, `i18n/en/a.json:1: "some" is not a plural form`},
		"form twice":        {`{"a.b": {"other": "x", "other": "y"}}`, `{"a.b": ""}`, `i18n/en/a.json:1: the form "other" stands twice`},
		"key twice":         {"{\"a.b\": \"\",\n\"a.b\": \"\"}", `{"a.b": ""}`, `i18n/en/a.json:2: "a.b" stands already at i18n/en/a.json:1`},
		"not a text":        {`{"a.b": 7}`, `{"a.b": ""}`, "i18n/en/a.json:1: found 7"},
		"a list":            {`{"a.b": ["x"]}`, `{"a.b": ""}`, "i18n/en/a.json:1: found ["},
		"not JSON":          {"{\n\"a.b\" \"x\"}", `{"a.b": ""}`, "i18n/en/a.json:2: "},
		"two objects":       {`{"a.b": ""} {}`, `{"a.b": ""}`, "i18n/en/a.json:1: more follows"},
		"cut off":           {"{\"a.b\": \"\",\n", `{"a.b": ""}`, "i18n/en/a.json:1: unexpected EOF"},
		"key in two files":  {`{"format.comma": ""}`, `{}`, `"format.comma" stands already at i18n/en/a.json:1`},
		"an empty document": {``, `{}`, "i18n/en/a.json:1: "},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := catalogs(t, map[string]string{"en/a.json": row.en, "zh/a.json": row.zh})
			if err == nil || !strings.Contains(err.Error(), row.want) {
				t.Errorf("error %v\nwant %s", err, row.want)
			}
		})
	}
}

func TestFoldersMustBeLanguagesThatSayHowTheyWrite(t *testing.T) {
	if _, err := i18n.Load(fstest.MapFS{}); err == nil {
		t.Error("no folder at all was taken")
	}
	_, err := catalogs(t, map[string]string{"not a tag/a.json": `{}`})
	if err == nil || !strings.Contains(err.Error(), "i18n/not a tag: the folder's name is not a language tag") {
		t.Errorf("a folder that is no language: %v", err)
	}
	_, err = i18n.Load(fstest.MapFS{"i18n/en/a.json": {Data: []byte(`{"format.date": "{day}", "format.comma": ","}`)}})
	for _, want := range []string{`i18n/en/a.json:1: "format.date" may not name {day}`, `i18n/en: "format.language" is missing`} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v\nlacks %s", err, want)
		}
	}
}

func TestAThirdLanguageIsAFolder(t *testing.T) {
	if _, err := os.Stat("../../defs/i18n/sl"); err == nil {
		t.Fatal("Slovenian is no invention any more: invent another third language")
	}
	fsys := fstest.MapFS{}
	for _, lang := range real(t).Langs() {
		files, err := os.ReadDir("../../defs/i18n/" + lang)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			b, err := os.ReadFile("../../defs/i18n/" + lang + "/" + f.Name())
			if err != nil {
				t.Fatal(err)
			}
			fsys["i18n/"+lang+"/"+f.Name()] = &fstest.MapFile{Data: b}
			if lang == "en" { // Slovenian has the forms one, two, few and other
				sl := strings.ReplaceAll(string(b), `"one":`, `"few": "few", "two": "two", "one":`)
				fsys["i18n/sl/"+f.Name()] = &fstest.MapFile{Data: []byte(sl)}
			}
		}
	}
	fsys["i18n/sl/a.json"] = &fstest.MapFile{Data: []byte(`{"a.n": {"one": "{n} zapis", "two": "{n} zapisa", "few": "{n} zapisi", "other": "{n} zapisov"}}`)}
	fsys["i18n/en/a.json"] = &fstest.MapFile{Data: []byte(`{"a.n": {"one": "{n} record", "other": "{n} records"}}`)}
	fsys["i18n/zh/a.json"] = &fstest.MapFile{Data: []byte(`{"a.n": "{n}条"}`)}
	c, err := i18n.Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(c.Langs()); got != "[en sl zh]" {
		t.Errorf("languages %s", got)
	}
	sl := c.Printer("sl")
	for n, want := range map[int]string{1: "1 zapis", 2: "2 zapisa", 3: "3 zapisi", 5: "5 zapisov", 101: "101 zapis", 1000002: "1.000.002 zapisa"} {
		if got := sl.T("a.n", ierr.Args{"n": n}); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
	if got := c.Match("sl-SI,en;q=0.5"); got != "sl" {
		t.Errorf("a Slovenian reader gets %s", got)
	}
}

func TestMatch(t *testing.T) {
	c := real(t)
	for accept, want := range map[string]string{
		"zh-CN,zh;q=0.9,en;q=0.8":      "zh",
		"zh-TW":                        "zh",
		"en-GB,en;q=0.9":               "en",
		"fr-FR,zh;q=0.3":               "zh",
		"fr-FR":                        "en",
		"":                             "en",
		"*":                            "en",
		";;;":                          "en",
		strings.Repeat("zh-CN,", 4096): "en",
	} {
		if got := c.Match(accept); got != want {
			t.Errorf("%.40q gets %s, want %s", accept, got, want)
		}
	}
	if got := c.Printer("zh-Hans-CN").Lang(); got != "zh" {
		t.Errorf("zh-Hans-CN is written in %s", got)
	}
}
