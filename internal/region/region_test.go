package region

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"onewindow/defs"
	"onewindow/internal/date"
	"onewindow/internal/ierr"
)

func jiangsu(t testing.TB) *Pack {
	t.Helper()
	p, err := Load(defs.FS, "jiangsu")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Every pack that is shipped loads, and keeps what all packs promise.
func TestPacks(t *testing.T) {
	infos, err := List(defs.FS)
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, info := range infos {
		ids = append(ids, info.ID)
		p, err := Load(defs.FS, info.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, u := range p.Units() {
			for _, lang := range []string{"en", "zh"} {
				if u.Names[lang] == "" {
					t.Errorf("%s: %s has no name in %s", p.ID(), u.Code, lang)
				}
			}
			if u.Kind != Province && u.Kind != City && p.City(u.Code) == "" {
				t.Errorf("%s: %s lies in no city", p.ID(), u.Code)
			}
			if i, ok := p.Index(u.Code); !ok || p.CodeAt(i) != u.Code {
				t.Errorf("%s: %s: index %d, %v", p.ID(), u.Code, i, ok)
			}
			if got, err := p.Resolve(u.Code); err != nil || !cmp.Equal(got, []string{u.Code}) {
				t.Errorf("%s: %s resolves to %v, %v", p.ID(), u.Code, got, err)
			}
			if now := p.Current(u.Code, 0); !p.Unit(now).Valid(0) {
				t.Errorf("%s: %s leads to %s, which is not in force", p.ID(), u.Code, now)
			}
		}
		all := p.Descendants(p.Code())
		if len(all) != len(p.Units())+1 || !slices.Contains(all, p.Other()) {
			t.Errorf("%s: the province holds %d codes, want its %d units and %s", p.ID(), len(all), len(p.Units()), p.Other())
		}
		if p.Len() != len(all)+3 {
			t.Errorf("%s: %d indices, want the province's codes and three special ones", p.ID(), p.Len())
		}
		for _, g := range p.Groups() {
			if got, err := p.Resolve(g.Names["zh"]); err != nil || !cmp.Equal(got, []string{g.Code}) {
				t.Errorf("%s: %s resolves to %v, %v", p.ID(), g.Names["zh"], got, err)
			}
		}
	}
	if !slices.Contains(ids, "jiangsu") || !slices.Contains(ids, "zhejiang") {
		t.Errorf("packs: %v", ids)
	}
}

func TestResolve(t *testing.T) {
	p := jiangsu(t)
	for _, tt := range []struct {
		name string
		want []string
	}{
		{"苏州", []string{"320500"}},
		{"苏州市", []string{"320500"}},
		{"Suzhou", []string{"320500"}},
		{"suzhou city", []string{"320500"}},
		{"Soochow", []string{"320500"}},
		{"320500", []string{"320500"}},
		{"昆山", []string{"320583"}},
		{"Kunshan City", []string{"320583"}},
		{"苏州工业园区", []string{"320576"}},
		{"SIP", []string{"320576"}},
		{"张家港保税区", []string{"320582"}},
		{"Huai'an", []string{"320800"}},
		{"huaian", []string{"320800"}},
		{"淮安区", []string{"320803"}},
		{"鼓楼", []string{"320106", "320302"}},
		{"海门", []string{"320614"}},
		{"海门市", []string{"320684"}},
		{"吴江市", []string{"320584"}},
		{"苏南", []string{"JS-S"}},
		{"South", []string{"JS-S"}},
		{"northern jiangsu", []string{"JS-N"}},
		{"江苏", []string{"320000"}},
		{"Jiangsu Province", []string{"320000"}},
		{"js-other", []string{"JS-OTHER"}},
		{"elsewhere", []string{Elsewhere}},
		{"省外", []string{Elsewhere}},
		{"UNKNOWN", []string{Unknown}},
	} {
		got, err := p.Resolve(tt.name)
		if err != nil || !cmp.Equal(got, tt.want) {
			t.Errorf("%q: %v, %v, want %v", tt.name, got, err, tt.want)
		}
	}
}

// What means nothing is refused with the nearest names.
func TestResolveUnknown(t *testing.T) {
	p := jiangsu(t)
	for _, tt := range []struct{ name, code, nearest string }{
		{"Suzhuo", "region.unit_unknown", "Suzhou"},
		{"Kunshn", "region.unit_unknown", "Kunshan"},
		{"张家岗", "region.unit_unknown", "张家港"},
		{"Wuxixi", "region.unit_unknown", "Wuxi"},
		{"", "region.unit_none", ""},
		{"xqzxqzxqz", "region.unit_none", ""},
		{strings.Repeat("xq", 5000), "region.unit_none", ""},
	} {
		_, err := p.Resolve(tt.name)
		var e *ierr.Error
		if !errors.As(err, &e) || e.Kind != ierr.NotFound || e.Code != tt.code {
			t.Errorf("%.20q: %v, want %s", tt.name, err, tt.code)
			continue
		}
		if near, _ := e.Args["nearest"].(string); tt.nearest != "" && !strings.Contains(near, tt.nearest) {
			t.Errorf("%q: nearest %q, want %s among them", tt.name, near, tt.nearest)
		}
	}
}

func TestHierarchy(t *testing.T) {
	p := jiangsu(t)
	for code, want := range map[string]string{
		"320583": "320500", "320500": "320500", "320000": "", "JS-OTHER": "", Elsewhere: "", "320684": "320600", "320576": "320500",
	} {
		if got := p.City(code); got != want {
			t.Errorf("City(%s) = %q, want %q", code, got, want)
		}
	}
	if got := p.Parent("JS-OTHER"); got != "320000" {
		t.Errorf("JS-OTHER lies in %q", got)
	}
	if got := p.Descendants("320614"); !cmp.Equal(got, []string{"320614", "320684"}) {
		t.Errorf("海门区 holds %v, want what was 海门市 too", got)
	}
	if got := p.Descendants("320613"); !cmp.Equal(got, []string{"320602", "320611", "320613"}) {
		t.Errorf("崇川区 holds %v", got)
	}
	if got := p.Descendants("110000"); got != nil {
		t.Errorf("Beijing holds %v", got)
	}
	var groups []string
	for _, g := range p.Groups() {
		groups = append(groups, p.Descendants(g.Code)...)
	}
	groups = append(groups, p.Code(), p.Other())
	slices.Sort(groups)
	if diff := cmp.Diff(p.Descendants(p.Code()), groups); diff != "" {
		t.Errorf("the macro-regions are not the province:\n%s", diff)
	}
}

func TestSuccessors(t *testing.T) {
	p := jiangsu(t)
	for _, tt := range []struct {
		code string
		on   date.Date
		want string
	}{
		{"320684", 0, "320614"},
		{"320684", 20190709, "320684"},
		{"320684", 20200630, "320684"},
		{"320684", 20200701, "320614"},
		{"320584", 20190709, "320509"},
		{"320283", 20190709, "320200"}, // to two districts: their city
		{"320583", 0, "320583"},
		{Elsewhere, 0, Elsewhere},
	} {
		if got := p.Current(tt.code, tt.on); got != tt.want {
			t.Errorf("%s on %v: %s, want %s", tt.code, tt.on, got, tt.want)
		}
	}
	for _, tt := range []struct {
		code string
		on   date.Date
		want bool
	}{
		{"320213", 20150930, false}, {"320213", 20151001, true}, {"320202", 20151031, true}, {"320202", 20151101, false}, {"320500", 19900101, true},
	} {
		if got := p.Unit(tt.code).Valid(tt.on); got != tt.want {
			t.Errorf("%s in force on %v: %v", tt.code, tt.on, got)
		}
	}
}

// The population is that of the white paper's table, whose groups are sums.
func TestPopulation(t *testing.T) {
	p := jiangsu(t)
	const end2019 = date.Date(20191231)
	for code, want := range map[string]int64{
		"320100": 8500000, "320500": 10749900, "320000": 80700000,
		"JS-S": 33780900, "JS-C": 16503100, "JS-N": 30416000,
	} {
		got, vintage, ok := p.Population(code, 20210101)
		if got != want || vintage != end2019 || !ok {
			t.Errorf("%s: %d of %v, %v, want %d", code, got, vintage, ok, want)
		}
	}
	if _, _, ok := p.Population("320583", 0); ok {
		t.Error("a county has a population that no table gives")
	}
	if _, _, ok := p.Population("320100", 20191230); ok {
		t.Error("a population before its day")
	}
	if !strings.Contains(p.PopulationSource(end2019), "Yearbook") {
		t.Errorf("source %q", p.PopulationSource(end2019))
	}
}

func TestNames(t *testing.T) {
	p := jiangsu(t)
	for _, tt := range []struct{ code, lang, want string }{
		{"320583", "zh", "昆山市"}, {"320583", "en", "Kunshan"}, {"320583", "fr", "Kunshan"},
		{"JS-OTHER", "en", "Jiangsu, city not stated"}, {Elsewhere, "zh", "省外"}, {"JS-S", "zh", "苏南"}, {"999999", "en", "999999"},
	} {
		if got := p.Name(tt.code, tt.lang); got != tt.want {
			t.Errorf("%s in %s: %q, want %q", tt.code, tt.lang, got, tt.want)
		}
	}
	if p.Location().String() != "Asia/Shanghai" {
		t.Errorf("zone %v", p.Location())
	}
}

const small = `id: small
code: "990000"
names: {zh: 样例省, en: Sample}
time_zone: Asia/Shanghai
other: {code: SM-OTHER, names: {en: Other}}
units:
  - {code: "990000", kind: province, names: {zh: 样例省, en: Sample}}
  - {code: "990100", kind: city, names: {zh: 样例市, en: Samplecity}}
  - {code: "990101", kind: district, names: {zh: 样区, en: Yang}}
`

func sampleFS(t *testing.T, pack string) fstest.MapFS {
	specials, err := defs.FS.ReadFile("regions/special.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return fstest.MapFS{
		"regions/small.yaml":   {Data: []byte(pack)},
		"regions/special.yaml": {Data: specials},
		"regions/towns.csv":    {Data: []byte("# towns\ncode,name,unit\n990101001,样例镇,990101\n")},
	}
}

// A pack that is wrong is refused with the line and the reason.
func TestLoadFaults(t *testing.T) {
	for _, tt := range []struct{ old, new, want string }{
		{"id: small", "id: other", `small.yaml:1: id is "other"`},
		{`code: "990101"`, `code: "99010"`, "small.yaml:9: code"},
		{`code: "990101"`, `code: "990100"`, "small.yaml:9: unit 990100 stands already in line 8"},
		{"kind: district", "kind: village", "small.yaml:9: unit 990101: kind"},
		{"kind: district", "kind: district, colour: red", "small.yaml:9"},
		{"kind: district", `kind: district, valid_to: "2020-13", successors: ["990100"]`, "small.yaml:9: \"2020-13\" is neither"},
		{"kind: district", `kind: district, valid_to: "2020-01"`, "small.yaml:9: unit 990101: valid_to and successors"},
		{"kind: district", `kind: district, valid_to: "2020-01", successors: ["990109"]`, "small.yaml:9: unit 990101: its successor"},
		{"kind: district", `kind: district, parent: "990101"`, "small.yaml:9: unit 990101: its parent"},
		{"kind: district", `kind: district, postcodes: ["9x"]`, "small.yaml:9: unit 990101: postcode"},
		{"Asia/Shanghai", "Asia/Nowhere", "time_zone"},
		{"units:", "groups:\n  - {code: SM-X, names: {en: X}, members: [\"990109\"]}\nunits:", "small.yaml:7: group SM-X: its member"},
		{"units:", "population:\n  - {vintage: \"2019-12-31\", persons: {\"990100\": 5}}\nunits:", "small.yaml:7: the population of 2019-12-31 has no source"},
		{"units:", "towns: ../towns.csv\nunits:", "not a file of the same folder"},
		{"units:", "towns: towns.csv\nunits: [", "small.yaml:"},
	} {
		if !strings.Contains(small, tt.old) {
			t.Fatalf("%q is not in the pack", tt.old)
		}
		_, err := Load(sampleFS(t, strings.Replace(small, tt.old, tt.new, 1)), "small")
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.new, err, tt.want)
		}
	}
	fsys := sampleFS(t, strings.Replace(small, "units:", "towns: towns.csv\nunits:", 1))
	if p, err := Load(fsys, "small"); err != nil || len(p.Towns()) != 1 {
		t.Errorf("the sound pack: %v", err)
	}
	fsys["regions/towns.csv"].Data = []byte("code,name,unit\n\n990101001,样例镇,990109\n")
	if _, err := Load(fsys, "small"); err == nil || !strings.Contains(err.Error(), "towns.csv:3") {
		t.Errorf("a town of no unit: %v", err)
	}
}

func TestLoadUnknown(t *testing.T) {
	for _, id := range []string{"atlantis", "", "../defs", "special", "JIANGSU"} {
		_, err := Load(defs.FS, id)
		if e := ierr.As(err); e.Kind != ierr.NotFound || e.Code != "region.pack_unknown" || !strings.Contains(e.Args["known"].(string), "jiangsu, zhejiang") {
			t.Errorf("%q: %v", id, err)
		}
	}
}

// A folder of the same shape replaces the definitions that are built in.
func TestDefsFolder(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, sampleFS(t, small)); err != nil {
		t.Fatal(err)
	}
	fsys, err := defs.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if infos, err := List(fsys); err != nil || len(infos) != 1 || infos[0].ID != "small" {
		t.Errorf("%v, %v", infos, err)
	}
	if _, err := defs.Open(filepath.Join(dir, "nothing")); err == nil {
		t.Error("a folder that is not there was opened")
	}
}
