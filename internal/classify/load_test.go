package classify

import (
	"encoding/json"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"onewindow/defs"
	"onewindow/internal/region"
)

// copied returns the definitions with a text of one file replaced.
func copied(t *testing.T, file, old, new string) fs.FS {
	t.Helper()
	m := fstest.MapFS{}
	err := fs.WalkDir(defs.FS, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(defs.FS, path)
		if err != nil {
			return err
		}
		if path == file {
			s := string(b)
			if !strings.Contains(s, old) {
				t.Fatalf("%q is not in %s", old, file)
			}
			b = []byte(strings.Replace(s, old, new, 1))
		}
		m[path] = &fstest.MapFile{Data: b}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// Definitions that are wrong are refused with file and line.
func TestNewFaults(t *testing.T) {
	pack, err := region.Load(defs.FS, "jiangsu")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ file, old, new, want string }{
		{"classes/holder_types.yaml", "type: enterprise\n    confidence: 0.99", "type: firm\n    confidence: 0.99", `holder_types.yaml:25: rule enterprise.company: "firm"`},
		{"classes/holder_types.yaml", "confidence: 0.99", "confidence: 99", "rule enterprise.company: confidence"},
		{"classes/holder_types.yaml", "id: enterprise.company\n", "id: research.of_group\n", "rule id \"research.of_group\""},
		{"classes/holder_types.yaml", "contains: [公司, 株式会社", "contents: [公司, 株式会社", "holder_types.yaml:"},
		{"classes/holder_types.yaml", "contains: [公司, 株式会社", `contains: ["", 株式会社`, "rule enterprise.company: a text is empty"},
		{"classes/holder_types.yaml", "surnames: ", "surnames: A", "surname 'A'"},
		{"classes/countries.csv", "AD,安道尔", "ADD,安道尔", "countries.csv:5: a country"},
		{"classes/ipc_technology.csv", "1,F21H%", "36,F21H%", "ipc_technology.csv:4: a rule"},
		{"classes/ipc_technology.csv", "1,F21H%", "1,F21H", "ipc_technology.csv:4: a rule"},
		{"classes/ipc_technology.csv", "field,pattern", "field,symbol", "ipc_technology.csv:3: the heads"},
		{"regions/postcodes.csv", "01,150000", "1,150000", "postcodes.csv:4: a block"},
		{"regions/china.csv", "110000,北京市", "11,北京市", "china.csv:5: a place"},
	} {
		_, err := New(pack, copied(t, tt.file, tt.old, tt.new))
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s with %q: %v, want %q", tt.file, tt.new, err, tt.want)
		}
	}
	if _, err := New(pack, fstest.MapFS{}); err == nil {
		t.Error("no definitions, no error")
	}
}

// The hash follows the pack and every rule, and nothing else.
func TestHash(t *testing.T) {
	pack, err := region.Load(defs.FS, "jiangsu")
	if err != nil {
		t.Fatal(err)
	}
	of := func(fsys fs.FS) string {
		c, err := New(pack, fsys)
		if err != nil {
			t.Fatal(err)
		}
		return c.Hash()
	}
	same := of(defs.FS)
	if got := of(copied(t, "regions/zhejiang.yaml", "浙北", "浙江北部")); got != same {
		t.Error("another pack changes the hash")
	}
	if got := of(copied(t, "i18n/en/classes.json", "Enterprise", "Company")); got != same {
		t.Error("a text of a catalogue changes the hash")
	}
	for file, old := range map[string]string{"classes/holder_types.yaml": "公司", "regions/jiangsu.yaml": "昆山市", "regions/jiangsu_towns.csv": "玉山镇", "regions/china.csv": "北京市"} {
		if got := of(copied(t, file, old, old+"甲")); got == same {
			t.Errorf("%s does not count in the hash", file)
		}
	}
	if got := cached(t, "zhejiang").Hash(); got == same {
		t.Error("two packs have one hash")
	}
}

// Every rule has a text in every language, and every class a name.
func TestTexts(t *testing.T) {
	var keys []string
	for _, r := range cached(t, "jiangsu").holders.rules {
		keys = append(keys, "rule."+r.id)
	}
	for _, r := range cached(t, "jiangsu").holders.idents {
		keys = append(keys, "rule.holder."+r.ID)
	}
	for _, r := range []string{
		ruleCountry, ruleForeign, ruleOutside, ruleCounty, ruleZone, ruleTown, ruleCity, ruleProvince, rulePostcode, ruleStated, ruleIdent, ruleNone,
		ruleInventor, ruleHanName, ruleDotName, ruleAnyName, ruleLatin, ruleAbroad, ruleNoName, ruleNoRule,
		ruleConcordance, ruleNoClass, ruleNoField,
	} {
		keys = append(keys, "rule."+r)
	}
	for _, h := range HolderTypes {
		keys = append(keys, "holder-type."+h)
	}
	for _, code := range cached(t, "jiangsu").fields.codes[1:] {
		keys = append(keys, "field."+code)
	}
	for _, lang := range []string{"en", "zh"} {
		texts := map[string]any{}
		for _, part := range []string{"classify", "classes"} {
			b, err := fs.ReadFile(defs.FS, "i18n/"+lang+"/"+part+".json")
			if err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal(b, &texts); err != nil {
				t.Fatal(err)
			}
		}
		for _, k := range keys {
			if s, _ := texts[k].(string); s == "" {
				t.Errorf("%s has no text in %s", k, lang)
			}
		}
	}
}
