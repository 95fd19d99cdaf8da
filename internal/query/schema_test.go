package query

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// invented values, enough to show every way in which a value is found
var testChoices = map[string][]Choice{
	"region": {
		{"320000", map[string]string{"en": "Jiangsu", "zh": "江苏省"}, true},
		{"320500", map[string]string{"en": "Suzhou", "zh": "苏州市"}, true},
		{"320583", map[string]string{"en": "Kunshan", "zh": "昆山市"}, false},
		{"320200", map[string]string{"en": "Wuxi", "zh": "无锡市"}, true},
	},
	"holder": {
		{"PJ7WVVC8F1M2Q", map[string]string{"en": "苏州样例新能源有限公司 / Suzhou Sample New Energy Co., Ltd.", "zh": "苏州样例新能源有限公司 / Suzhou Sample New Energy Co., Ltd."}, false},
	},
	"holder-type": {
		{"enterprise", map[string]string{"en": "Enterprise", "zh": "企业"}, false},
		{"university", map[string]string{"en": "University", "zh": "高校"}, false},
	},
	"field": {
		{"1", map[string]string{"en": "Electrical machinery, apparatus, energy", "zh": "电机、电气装置、电能"}, false},
	},
	"kind": {
		{"invention", map[string]string{"en": "Invention", "zh": "发明"}, false},
		{"utility_model", map[string]string{"en": "Utility model", "zh": "实用新型"}, false},
		{"design", map[string]string{"en": "Design", "zh": "外观设计"}, false},
	},
}

func resolveIn(choices []Choice) func(string) (Choice, []string, bool) {
	return func(value string) (Choice, []string, bool) {
		var nearest []string
		if value == "李样甲" && strings.HasPrefix(choices[0].Code, "P") {
			return Choice{}, []string{"P2GQ6R0XK0D1C 李样甲 @ 320981", "P9F1M2QJ7WVVC 李样甲 @ 370000/2663"}, false
		}
		for _, c := range choices {
			for _, name := range []string{c.Code, c.Labels["en"], c.Labels["zh"], strings.TrimSuffix(c.Labels["zh"], "市"), strings.Split(c.Labels["zh"], " / ")[0]} {
				if strings.EqualFold(name, value) {
					return c, nil, true
				}
				if distance(strings.ToLower(name), strings.ToLower(value)) == 1 && len(nearest) == 0 {
					nearest = append(nearest, name)
				}
			}
		}
		return Choice{}, nearest, false
	}
}

var (
	testPublication  = regexp.MustCompile(`^(?:CN)?([1-3]\d{8})([ABUS]?)$`)
	testRegistration = regexp.MustCompile(`^\d{1,8}[A-Z]?$`)
	testApplication  = regexp.MustCompile(`^(?:CN|ZL)?((?:19|20)\d{2}[123]\d{7})\.?([\dX])$`)
)

func testSchema(t testing.TB) *Schema {
	t.Helper()
	fields := RightFields()
	for i := range fields {
		switch f := &fields[i]; f.Name {
		case "pn", "fam", "ct":
			f.Normalize = func(v string) (string, bool) {
				m := testPublication.FindStringSubmatch(upper(strings.ReplaceAll(v, " ", "")))
				if m == nil {
					return "", false
				}
				return "CN" + m[1] + m[2], true
			}
		case "rn":
			f.Normalize = func(v string) (string, bool) {
				v = upper(strings.ReplaceAll(v, " ", ""))
				return v, testRegistration.MatchString(v)
			}
		case "ap":
			f.Normalize = func(v string) (string, bool) {
				m := testApplication.FindStringSubmatch(upper(strings.ReplaceAll(v, " ", "")))
				if m == nil {
					return "", false
				}
				return m[1] + "." + m[2], true
			}
		default:
			if f.Type == Listed {
				f.Resolve = resolveIn(testChoices[f.Name])
			}
		}
	}
	s, err := NewSchema(fields)
	if err != nil {
		t.Fatal(err)
	}
	s.Pattern = regexp.MustCompile(`^[A-Za-z0-9*?]*$`).MatchString
	return s
}

// catalogue reads the part of the catalogues that belongs to this package.
func catalogue(t testing.TB, lang string) map[string]string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("../../defs/i18n", lang, "query.json"))
	if err != nil {
		t.Fatal(err)
	}
	m := map[string]string{}
	if err := json.Unmarshal(b, &m); err != nil {
		t.Fatal(err)
	}
	return m
}

var placeholder = regexp.MustCompile(`\{[a-z]+\}`)

// translator fills texts of a catalogue, and fails the test when a key or an
// argument is missing.
func translator(t testing.TB, lang string) func(string, map[string]any) string {
	return fill(t, lang, catalogue(t, lang))
}

func fill(t testing.TB, lang string, texts map[string]string) func(string, map[string]any) string {
	return func(key string, a map[string]any) string {
		text, ok := texts[key]
		if !ok {
			t.Errorf("%s: no text for %s", lang, key)
		}
		return placeholder.ReplaceAllStringFunc(text, func(name string) string {
			v, ok := a[name[1:len(name)-1]]
			if !ok {
				t.Errorf("%s: %s lacks the argument %s", lang, key, name)
			}
			return fmt.Sprint(v)
		})
	}
}
