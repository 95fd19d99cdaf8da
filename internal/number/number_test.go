package number

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"onewindow/defs"
)

func forms(t testing.TB) *Set {
	t.Helper()
	s, err := Load(defs.FS)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestEveryExampleFollowsItsRule(t *testing.T) {
	s := forms(t)
	for _, f := range s.Forms() {
		for _, v := range f.Valid {
			r, err := s.Validate(f.ID, v)
			if err != nil || r.Check == Wrong {
				t.Errorf("%s: %q: %+v, %v", f.ID, v, r, err)
			}
			found := false
			for _, c := range s.Identify(v) {
				found = found || c.Form == f
			}
			if !found {
				t.Errorf("%s: %q is not identified", f.ID, v)
			}
		}
		for _, v := range f.Invalid {
			if r, err := s.Validate(f.ID, v); err == nil && r.Check != Wrong {
				t.Errorf("%s: %q is taken as %+v", f.ID, v, r)
			}
		}
	}
}

func TestNumbersHaveANormalForm(t *testing.T) {
	s := forms(t)
	for _, c := range []struct {
		id, number, want string
		check            Check
	}{
		{"cn_patent_application_2003", "CN2017106018623", "201710601862.3", Sound},
		{"cn_patent_application_2003", "201710601862.4", "201710601862.4", Wrong},
		{"cn_patent_application_2003", "２０２０１０００００05.x", "202010000005.X", Sound},
		{"cn_patent_application_1989", "971017654", "97101765.4", Sound},
		{"cn_patent_no", " zl95115608X ", "ZL95115608.X", Sound},
		{"pct_publication", "WO2020123456A1", "WO2020/123456A1", Unchecked},
		{"madrid_ir", "g1234567", "1234567", Unchecked},
		{"layout_design", "BS205500123", "BS.20550012.3", Unchecked},
		{"work_registration", "苏作登字－2020－F－00123456", "苏作登字-2020-F-00123456", Unchecked},
		{"uscc", "91350100m000100y43", "91350100M000100Y43", Sound},
		{"uscc", "91350100M000100Y44", "91350100M000100Y44", Wrong},
		{"resident_id", "000000190001010009", "000000190001010009", Sound},
		{"resident_id", "000000190001010008", "000000190001010008", Wrong},
		{"st13", "US500000099104968", "US500000099104968", Sound},
		{"st13", "US050000099104968", "US050000099104968", Wrong},
	} {
		r, err := s.Validate(c.id, c.number)
		if err != nil || r.Normal != c.want || r.Check != c.check {
			t.Errorf("%s %q: %+v, %v; want %q, %d", c.id, c.number, r, err, c.want, c.check)
		}
	}
	if _, err := s.Validate("nosuch", "1"); !errors.Is(err, ErrUnknown) {
		t.Errorf("a form that there is not: %v", err)
	}
	if _, err := s.Validate("uscc", "short"); !errors.Is(err, ErrForm) {
		t.Errorf("not of the form: %v", err)
	}
}

func TestTheLikeliestFormComesFirst(t *testing.T) {
	s := forms(t)
	for number, want := range map[string]string{
		"202010000005.X": "cn_patent_application_2003", "CN107000001A": "cn_patent_publication", "320583": "region",
		"91350100M000100Y43": "uscc", "AGI01234": "agi", "2020SR0123456": "software_registration", "27.5.1": "vienna",
		"H01M10/0525": "ipc", "09": "nice", "47123456": "plant_variety_forestry", "000000190001010009": "resident_id",
	} {
		if got := s.Identify(number); len(got) == 0 || got[0].Form.ID != want {
			t.Errorf("%s: %+v, want %s first", number, got, want)
		}
	}
	if got := s.Identify("  "); got != nil {
		t.Errorf("nothing is %v", got)
	}
}

func TestResidentNumbersAreMasked(t *testing.T) {
	for in, want := range map[string]string{
		"甲,000000190001010009,乙":   "甲,******************,乙",
		"甲,000000190001010008,乙":   "甲,000000190001010008,乙",
		"short":                    "short",
		"a 00000019000101005X b 1": "a ****************** b 1",
	} {
		if got := Mask(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestFaultsNameFileAndLine(t *testing.T) {
	for fault, text := range map[string]string{
		"formats.yaml:1: x: an id":            "- id: x\n  pattern: 'a'\n",
		"formats.yaml:3: y: pattern":          "# one\n\n- id: y\n  names: {en: Y, zh: 歪}\n  pattern: '('\n",
		`there is no check "luck"`:            "- id: x\n  names: {en: X, zh: 叉}\n  check: luck\n",
		"at least one valid":                  "- id: x\n  names: {en: X, zh: 叉}\n  pattern: 'a'\n",
		`"B" should be valid`:                 "- id: x\n  names: {en: X, zh: 叉}\n  pattern: '^A$'\n  valid: [B]\n  invalid: [C]\n",
		`"A" should be invalid`:               "- id: x\n  names: {en: X, zh: 叉}\n  pattern: '^A$'\n  valid: [A]\n  invalid: [A]\n",
		"stands twice":                        "- &a\n  id: x\n  names: {en: X, zh: 叉}\n  pattern: '^A$'\n  valid: [A]\n  invalid: [B]\n- *a\n",
		"check digit is wrong":                "- id: x\n  names: {en: X, zh: 叉}\n  pattern: '^\\d{9}$'\n  check: patent\n  valid: ['971017655']\n  invalid: [B]\n",
		"is not one itself":                   "- id: x\n  names: {en: X, zh: 叉}\n  pattern: '^G(\\d)$'\n  form: '${1}'\n  valid: [G1]\n  invalid: [B]\n",
		"formats.yaml:2: unknown field":       "- id: x\n  patern: 'a'\n",
		"numbers/formats.yaml: file does not": "",
	} {
		fsys := fstest.MapFS{}
		if text != "" {
			fsys[File] = &fstest.MapFile{Data: []byte(text)}
		}
		if _, err := Load(fsys); err == nil || !strings.Contains(err.Error(), strings.TrimSuffix(fault, " file does not")) {
			t.Errorf("want %q, got: %v", fault, err)
		}
	}
}

// TestThePublishedTableIsHereWhole compares the forms with the table that they
// were taken from, where it is at hand.
func TestThePublishedTableIsHereWhole(t *testing.T) {
	b, err := os.ReadFile(filepath.Join(root(t), "..", "shared", "domain", "number_formats.json"))
	if err != nil {
		t.Skip("the table is not at hand:", err)
	}
	var table []struct {
		ID             string
		Valid, Invalid []string
	}
	if err := json.Unmarshal(b, &table); err != nil {
		t.Fatal(err)
	}
	s := forms(t)
	for _, row := range table {
		if s.Form(row.ID) == nil {
			t.Errorf("%s is missing", row.ID)
			continue
		}
		for _, v := range row.Valid {
			if r, err := s.Validate(row.ID, v); err != nil || r.Check == Wrong {
				t.Errorf("%s: %q: %+v, %v", row.ID, v, r, err)
			}
		}
		for _, v := range row.Invalid {
			if r, err := s.Validate(row.ID, v); err == nil && r.Check != Wrong {
				t.Errorf("%s: %q is taken", row.ID, v)
			}
		}
	}
}

// root is the folder of go.mod.
func root(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	for err == nil && dir != "/" {
		if _, missing := os.Stat(filepath.Join(dir, "go.mod")); missing == nil {
			return dir
		}
		dir = filepath.Dir(dir)
	}
	t.Fatal("no go.mod above", err)
	return ""
}

func FuzzIdentify(f *testing.F) {
	s := forms(f)
	for _, form := range s.Forms() {
		for _, v := range append(form.Valid, form.Invalid...) {
			f.Add(v)
		}
	}
	f.Fuzz(func(t *testing.T, n string) {
		for _, c := range s.Identify(n) {
			again, err := s.Validate(c.Form.ID, c.Normal)
			if err != nil && c.Form.ID != "madrid_ir" || err == nil && again != c.Result {
				t.Errorf("%q as %s: %+v, again %+v, %v", n, c.Form.ID, c.Result, again, err)
			}
		}
		_ = Mask(n)
	})
}
