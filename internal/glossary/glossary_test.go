package glossary_test

import (
	"maps"
	"strings"
	"testing"
	"testing/fstest"

	"onewindow/defs"
	"onewindow/internal/glossary"
)

func TestClassesAreToldByTheDeepestTitle(t *testing.T) {
	g, err := glossary.Load(defs.FS)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct{ of, lang, symbol, title string }{
		{"A01C5/04", "en", "A01C", "Planting; Sowing; Fertilising"},
		{"A01C5/04", "zh", "A01", "农业；林业；畜牧业；狩猎；诱捕；捕鱼"},
		{"A01C", "en", "A01C", "Planting; Sowing; Fertilising"},
		{"H01", "zh", "H01", "基本电气元件"},
		{"H01Z9/99", "en", "H01", "Basic electric elements"},
		{"G77Q1/00", "zh", "G", "物理"},
		{"H01M", "de", "", ""},
		{"Z99", "en", "", ""},
		{"", "en", "", ""},
	} {
		if symbol, title := g.Class(row.of, row.lang); symbol != row.symbol || title != row.title {
			t.Errorf("%s in %s is %s %q, want %s %q", row.of, row.lang, symbol, title, row.symbol, row.title)
		}
	}
}

func TestPlacesAreToldByCountryOrProvince(t *testing.T) {
	g, err := glossary.Load(defs.FS)
	if err != nil {
		t.Fatal(err)
	}
	for code, want := range map[string][2]string{
		"KR": {"Republic of Korea", "韩国"}, "CN": {"China", "中国"}, "440000": {"Guangdong", "广东省"},
		"440106": {"Guangzhou", "天河区"}, "TW": {"Taiwan", "台湾省"}, "HK": {"Hong Kong", "香港特别行政区"}, "MO": {"Macao", "澳门特别行政区"}, "XX": {"", ""}, "": {"", ""},
	} {
		if en := g.Place(code, "en"); en != want[0] {
			t.Errorf("%s in English is %q, want %q", code, en, want[0])
		}
		if zh := g.Place(code, "zh"); zh != want[1] {
			t.Errorf("%s in Chinese is %q, want %q", code, zh, want[1])
		}
	}
}

func TestFaultsAreNamedWithFileAndLine(t *testing.T) {
	sound := fstest.MapFS{
		"classes/ipc_titles.csv":    {Data: []byte("symbol,en,zh\nA,Needs,需要\nA01,Farming,农业\n")},
		"classes/countries.csv":     {Data: []byte("code,zh,en\nKR,韩国,Korea\n")},
		"classes/organisations.csv": {Data: []byte("code,zh,en\nEP,欧洲专利局,European Patent Office\n")},
		"regions/china.csv":         {Data: []byte("code,name,short,en\n440000,广东省,广东,Guangdong\n")},
		"classes/china_st3.csv":     {Data: []byte("code,place,zh,en\nCN,,中国,China\n")},
	}
	if _, err := glossary.Load(sound); err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct{ file, data, want string }{
		{"classes/ipc_titles.csv", "symbol,en,zh\nA,Needs,\nA,Needs,\n", "ipc_titles.csv:3"},
		{"classes/ipc_titles.csv", "symbol,en,zh\nA01B1/00,Spades,\n", "ipc_titles.csv:2"},
		{"classes/ipc_titles.csv", "symbol,en,zh\nA,,需要\n", "ipc_titles.csv:2"},
		{"classes/countries.csv", "code,zh\nKR,韩国\n", "countries.csv"},
		{"classes/organisations.csv", "code,zh\nEP,欧洲专利局\n", "organisations.csv"},
		{"classes/china_st3.csv", "code,place,zh,en\nCN,,中国,China\nTW,710000,,\n", "china_st3.csv:3"},
		{"regions/china.csv", "code,name,short,en\n44,广东省,,\n", "china.csv:2"},
	} {
		fsys := maps.Clone(sound)
		fsys[row.file] = &fstest.MapFile{Data: []byte(row.data)}
		if _, err := glossary.Load(fsys); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: %v, want %s named", row.file, err, row.want)
		}
	}
}
