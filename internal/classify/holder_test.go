package classify

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"onewindow/internal/record"
)

// All names here are invented, or name a class of bodies and no body.
func TestHolderType(t *testing.T) {
	for want, names := range map[string][]string{
		Enterprise: {
			"苏州样例电子有限公司", "样例国际公司", "样例电子株式会社", "样例·样例有限公司", "样例股份有限公司",
			"南京样例大学设计院有限公司", "样例研究院有限公司", "样例医院管理有限公司", "国网样例省电力有限公司", "国网样例省电力有限公司电力科学研究院",
			"样例电网有限责任公司样例供电局", "样例县供电局", "样例集团", "样例五金厂", "样例村蔬菜种植专业合作社", "样例区样例经营部",
			"样例投资合伙企业（有限合伙）", "样例发展公司，有限责任合伙企业", "样例家庭农场", "样例工业设计工作室", "样例银行", "样例酒店", "样例车行",
			"Sample Technology Co., Ltd.", "SAMPLE HOLDINGS GMBH", "Sample S.p.A.", "Sample Université SARL", "Beispiel AG", "University Sample Inc",
		},
		University: {
			"样例大学", "样例学院", "样例职业技术学院", "样例高等专科学校", "中国科学院大学", "样例大学校产学协力团", "样例大学创新中心",
			"中国人民解放军样例军医大学", "样例科学技术院", "样例理工学院董事会", "样例大学（华东）", "样例大学样例研究生院", "加样例大学董事会",
			"Sample University", "Universität Beispiel", "Sample Institute of Technology", "Sample College",
		},
		ResearchInstitution: {
			"样例研究所", "样例研究院", "中国科学院样例研究所", "样例大学深圳研究院", "样例集团公司第九九研究所", "样例集团有限公司第九九研究所",
			"样例市农科院", "样例勘察院", "弗劳恩霍夫应用研究促进协会", "原子能和替代能源委员会", "样例省样例研究中心", "中科院样例所样例研发中心",
			"样例研究所（样例市样例中心）", "国家样例科学中心",
			"Sample Research Institute", "Sample Academy of Sciences", "Fraunhofer Sample",
		},
		GovernmentOrganisation: {
			"样例市人民医院", "样例大学附属医院", "样例医科大学第一附属医院", "样例集团公司职工医院", "样例市公安局", "中国人民解放军99999部队",
			"中国人民解放军样例战区总医院", "样例中学", "样例市实验小学", "样例县职业中等专业学校", "样例市妇幼保健院", "样例协会", "样例学会",
			"样例省农业技术推广站", "样例市环境监测中心", "样例市疾病预防控制中心", "样例市人民政府", "样例街道办事处", "样例基金会", "样例市产品质量监督检验院",
			"Sample City Hospital", "Ministry of Samples", "Sample Association",
		},
		Individual: {
			"张三", "李样例", "欧阳样例", "王一行", "约翰·史样例", "J·B·样例", "A.样例", "样三例",
			"John Sample", "Maria-Luise Beispiel",
		},
		Unclassified: {"", "   ", "样例样例样例", "X1", "？？？"},
	} {
		for _, name := range names {
			e := cached(t, "jiangsu").HolderType([]record.Text{{Text: name}}, "")
			if e.Code != want {
				t.Errorf("%q: %+v, want %s", name, e, want)
			}
			if (e.Confidence == 0) != (want == Unclassified) || e.Rule == "" {
				t.Errorf("%q: %+v: confidence or rule is missing", name, e)
			}
		}
	}
}

// An identifier decides before the name where its first characters say enough.
func TestHolderTypeByIdentifier(t *testing.T) {
	for _, tt := range []struct{ name, ident, want string }{
		{"样例研究所", "91320100MA00000000", Enterprise},
		{"样例合作社", "93320100MA00000000", Enterprise},
		{"样例", "11320100MA00000000", GovernmentOrganisation},
		{"样例大学", "12320100MA00000000", University},
		{"样例研究所", "12320100MA00000000", ResearchInstitution},
		{"样例中心", "12320100MA00000000", GovernmentOrganisation},
		{"样例研究院", "52320100MA00000000", ResearchInstitution},
		{"样例", "51320100MA00000000", GovernmentOrganisation},
		{"样例大学", "not a code", University},
		{"样例大学", "9132", University},
	} {
		if e := cached(t, "jiangsu").HolderType([]record.Text{{Text: tt.name}}, tt.ident); e.Code != tt.want {
			t.Errorf("%q %s: %+v, want %s", tt.name, tt.ident, e, tt.want)
		}
	}
}

// Of several names of one holder the one that says most decides.
func TestHolderTypeOfSeveralNames(t *testing.T) {
	c := cached(t, "jiangsu")
	names := []record.Text{{Lang: "zh", Text: "样例样例样例"}, {Lang: "en", Text: "Sample University"}}
	if e := c.HolderType(names, ""); e.Code != University {
		t.Errorf("%+v", e)
	}
	slices.Reverse(names)
	if e := c.HolderType(names, ""); e.Code != University {
		t.Errorf("reversed: %+v", e)
	}
	if e := c.HolderType(nil, ""); e.Code != Unclassified {
		t.Errorf("no name: %+v", e)
	}
}

// FuzzHolderType holds that any name gets a known class, the same each time.
func FuzzHolderType(f *testing.F) {
	for _, s := range []string{"样例有限公司", "样例大学（华东）", "J·B·样例", "Sample Co., Ltd.", "）", "（）", "\xff", "王", strings.Repeat("样例", 400), "É"} {
		f.Add(s, "")
		f.Add(s, "91320100MA00000000")
	}
	c := load(f, "jiangsu")
	f.Fuzz(func(t *testing.T, name, ident string) {
		names := []record.Text{{Text: name}}
		e := c.HolderType(names, ident)
		if !slices.Contains(HolderTypes, e.Code) || e.Rule == "" || e.Confidence < 0 || e.Confidence > 1 {
			t.Errorf("%q %q: %+v", name, ident, e)
		}
		if utf8.ValidString(name) && !utf8.ValidString(e.Match) {
			t.Errorf("%q: match %q was cut inside a character", name, e.Match)
		}
		if again := c.HolderType(names, ident); again != e {
			t.Errorf("%q: %+v, then %+v", name, e, again)
		}
	})
}
