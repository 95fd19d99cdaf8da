package classify

import (
	"testing"

	"onewindow/internal/date"
	"onewindow/internal/record"
	"onewindow/internal/region"
)

// All addresses here are invented: real places, streets and numbers that are not.
func TestRegion(t *testing.T) {
	const day = issueDay
	for _, tt := range []struct {
		pack, address, postcode, country, stated string
		on                                       date.Date
		code, rule, note                         string
	}{
		// Full names.
		{address: "江苏省南京市玄武区样例路0号", code: "320102", rule: ruleCounty},
		{address: "江苏省南京市样例路0号", code: "320100", rule: ruleCity},
		{address: "210000江苏省南京市玄武区样例路0号", code: "320102", rule: ruleCounty},
		{address: "江苏省昆山市样例路0号", code: "320583", rule: ruleCounty},
		{address: "江苏昆山样例工业园", code: "320583", rule: ruleCounty},
		{address: "昆山市样例路0号", code: "320583", rule: ruleCounty},
		{address: "中国江苏省泰州市海陵区样例路0号", code: "321202", rule: ruleCounty},
		{address: "江苏省 泰州市，泰兴市样例镇", code: "321283", rule: ruleCounty},
		{address: "江苏省", code: "JS-OTHER", rule: ruleProvince},
		{address: "江苏省样例路0号", code: "JS-OTHER", rule: ruleProvince},
		{address: "江苏省样例路0号", postcode: "226100", on: day, code: "320614", rule: rulePostcode},

		// One name, several places.
		{address: "江苏省徐州市鼓楼区样例路0号", code: "320302", rule: ruleCounty},
		{address: "江苏省南京市鼓楼区样例路0号", code: "320106", rule: ruleCounty},
		{address: "江苏省鼓楼区样例路0号", code: "JS-OTHER", rule: ruleProvince},
		{address: "江苏省鼓楼区样例路0号", postcode: "221000", code: "320302", rule: ruleCounty},
		{address: "福建省福州市鼓楼区样例路0号", code: region.Elsewhere, rule: ruleOutside},
		{address: "北京市通州区样例路0号", code: region.Elsewhere, rule: ruleOutside},
		{address: "通州区样例路0号", code: region.Unknown, rule: ruleNone, note: NoteAmbiguous},
		{address: "通州区样例路0号", postcode: "226300", code: "320612", rule: ruleCounty},
		{address: "通州区样例路0号", postcode: "101100", code: region.Elsewhere, rule: ruleOutside},
		{address: "浙江省台州市样例路0号", code: region.Elsewhere, rule: ruleOutside},
		{address: "安徽省宿州市样例路0号", code: region.Elsewhere, rule: ruleOutside},
		{address: "台州市样例路0号", code: region.Elsewhere, rule: ruleOutside},
		{address: "辽宁省海城市样例路0号", code: region.Elsewhere, rule: ruleOutside},

		// Streets named after places.
		{address: "上海市静安区南京西路0号", code: region.Elsewhere, rule: ruleOutside},
		{address: "南京西路0号", code: region.Unknown, rule: ruleNone},
		{address: "南京西路0号", postcode: "200000", code: region.Elsewhere, rule: rulePostcode},
		{address: "山东省青岛市江苏路0号", code: region.Elsewhere, rule: ruleOutside},
		{address: "江苏省苏州市吴中东路0号", code: "320500", rule: ruleCity},
		{address: "江苏省南京市江宁大道0号", code: "320100", rule: ruleCity},
		{address: "江苏省南京市北京东路0号", code: "320100", rule: ruleCity},

		// Zones.
		{address: "江苏省苏州工业园区样例街0号", code: "320576", rule: ruleZone},
		{address: "江苏省苏州市工业园区样例街0号", code: "320576", rule: ruleZone},
		{address: "江苏省苏州市苏州工业园区样例街0号", code: "320576", rule: ruleZone},
		{address: "江苏省苏州市高新区样例路0号", code: "320505", rule: ruleZone},
		{address: "江苏省无锡市新区样例路0号", code: "320214", rule: ruleZone},
		{address: "江苏省张家港保税区样例路0号", code: "320582", rule: ruleZone},
		{address: "江苏省南京高新区样例路0号", code: "320100", rule: ruleCity},
		{address: "江苏省南通市通州湾示范区样例路0号", code: "320600", rule: ruleCity},
		{address: "江苏省常州市武进高新区样例路0号", code: "320412", rule: ruleZone},
		{address: "江苏省无锡市无锡惠山样例园", code: "320206", rule: ruleCounty},
		{address: "江苏省宿迁市江苏宿城样例园", code: "321302", rule: ruleCounty},
		{address: "中国（江苏）自由贸易试验区苏州样例路0号", code: "320500", rule: ruleCity},
		{address: "中国（上海）自由贸易试验区样例路0号", code: region.Elsewhere, rule: ruleOutside},

		// Towns, and counties further back.
		{address: "江苏省苏州市玉山镇样例路0号", code: "320583", rule: ruleTown},
		{address: "江苏省盐城市样例农场（阜宁县）", code: "320923", rule: ruleCounty},
		{address: "样例大厦0楼，江苏省镇江市句容市", code: "321183", rule: ruleCounty},

		// Units abolished before the day, on it in force, and since.
		{address: "江苏省海门市样例路0号", on: day, code: "320684", rule: ruleCounty},
		{address: "江苏省海门市样例路0号", code: "320614", rule: ruleCounty, note: NoteAbolished},
		{address: "江苏省南通市港闸区样例路0号", on: day, code: "320611", rule: ruleCounty},
		{address: "江苏省南通市崇川区样例路0号", on: day, code: "320602", rule: ruleCounty},
		{address: "江苏省南通市崇川区样例路0号", code: "320613", rule: ruleCounty},
		{address: "江苏省吴江市样例路0号", on: day, code: "320509", rule: ruleCounty, note: NoteAbolished},
		{address: "江苏省徐州市铜山县样例村", on: day, code: "320312", rule: ruleCounty, note: NoteAbolished},
		{address: "江苏省锡山市样例路0号", on: day, code: "320200", rule: ruleCounty, note: NoteAbolished},
		{address: "江苏省淮安市楚州区样例路0号", on: day, code: "320803", rule: ruleCounty},
		{address: "江苏省淮安市淮安区样例路0号", on: day, code: "320803", rule: ruleCounty},
		{address: "江苏省淮安样例路0号", on: day, code: "320800", rule: ruleCity},

		// Contradictions.
		{address: "江苏省南京市玄武区样例路0号", postcode: "215300", code: "320102", rule: ruleCounty, note: NotePostcode},
		{address: "江苏省常州市昆山市样例镇", postcode: "215300", code: "320583", rule: ruleCounty, note: NoteCrossed},
		{address: "江苏省常州市昆山市样例镇", postcode: "213000", code: "320400", rule: ruleCity},
		{address: "江苏省南京市玄武区", stated: "320500", code: "320102", rule: ruleCounty, note: NoteStated},

		// What a source states apart from the address.
		{stated: "320583", code: "320583", rule: ruleStated},
		{stated: "32", code: "JS-OTHER", rule: ruleStated},
		{stated: "33", code: region.Elsewhere, rule: ruleStated},
		{stated: "江苏省苏州市", code: "320500", rule: ruleStated},
		{address: "江苏省样例路0号", stated: "江苏苏州", code: "320500", rule: ruleStated},
		{address: "样例路0号", country: "JP", code: region.Elsewhere, rule: ruleCountry, note: "JP"},
		{address: "江苏省苏州市", country: "CN", code: "320500", rule: ruleCity},
		{address: "样例路0号", country: "TW", code: region.Elsewhere, rule: ruleCountry, note: "TW"},

		// Abroad.
		{address: "日本东京都样例区", code: region.Elsewhere, rule: ruleForeign, note: "JP"},
		{address: "美国新泽西州样例市", code: region.Elsewhere, rule: ruleForeign, note: "US"},
		{address: "英属开曼群岛样例岛", code: region.Elsewhere, rule: ruleForeign, note: "KY"},
		{address: "中国台湾新北市样例区", code: region.Elsewhere, rule: ruleOutside},
		{address: "中国香港样例道0号", code: region.Elsewhere, rule: ruleOutside},

		// Latin letters.
		{address: "No. 0 Yangli Road, Kunshan, Suzhou, Jiangsu 215300, China", code: "320583", rule: ruleCounty},
		{address: "Room 0, Wuzhong District, Suzhou City, Jiangsu Province", code: "320506", rule: ruleCounty},
		{address: "0 Nanjing East Road, Shanghai, P.R. China", code: region.Elsewhere, rule: ruleOutside},
		{address: "0 Sample Street, Austin, Texas, United States of America", code: region.Elsewhere, rule: ruleForeign, note: "US"},
		{address: "Taizhou", code: region.Unknown, rule: ruleNone, note: NoteAmbiguous},
		{address: "Taizhou, Jiangsu", code: "321200", rule: ruleCity},
		{address: "Taizhou, Zhejiang", code: region.Elsewhere, rule: ruleOutside},
		{address: "Suzhou Industrial Park, Suzhou, Jiangsu", code: "320576", rule: ruleZone},

		// Nothing.
		{code: region.Unknown, rule: ruleNone},
		{address: "样例路0号", code: region.Unknown, rule: ruleNone},
		{address: "样例路0号", postcode: "12", code: region.Unknown, rule: ruleNone},
		{postcode: "215300", code: "320583", rule: rulePostcode},

		// Another province's pack.
		{pack: "zhejiang", address: "浙江省杭州市余杭区样例路0号", code: "330110", rule: ruleCounty},
		{pack: "zhejiang", address: "浙江省义乌市样例路0号", code: "330782", rule: ruleCounty},
		{pack: "zhejiang", address: "浙江省玉环县样例镇", on: day, code: "331083", rule: ruleCounty, note: NoteAbolished},
		{pack: "zhejiang", address: "浙江省杭州市江干区样例路0号", on: day, code: "330104", rule: ruleCounty},
		{pack: "zhejiang", address: "浙江省杭州市江干区样例路0号", code: "330100", rule: ruleCounty, note: NoteAbolished},
		{pack: "zhejiang", address: "江苏省南京市玄武区样例路0号", code: region.Elsewhere, rule: ruleOutside},
		{pack: "zhejiang", address: "Taizhou, Zhejiang", code: "331000", rule: ruleCity},
		{pack: "zhejiang", address: "浙江省", code: "ZJ-OTHER", rule: ruleProvince},
	} {
		if tt.pack == "" {
			tt.pack = "jiangsu"
		}
		e := cached(t, tt.pack).Region(tt.address, tt.postcode, tt.country, tt.stated, tt.on)
		if e.Code != tt.code || e.Rule != tt.rule {
			t.Errorf("%s: %q %s%s%s on %v: %+v, want %s by %s", tt.pack, tt.address, tt.postcode, tt.country, tt.stated, tt.on, e, tt.code, tt.rule)
		}
		if tt.note != "" && e.Note != tt.note {
			t.Errorf("%s: %q: note %q, want %q", tt.pack, tt.address, e.Note, tt.note)
		}
		if e.Confidence < 0 || e.Confidence > 1 || (e.Confidence == 0) != (e.Code == region.Unknown) {
			t.Errorf("%s: %q: confidence %v of %s", tt.pack, tt.address, e.Confidence, e.Code)
		}
	}
}

// A contradiction leaves the answer and lowers the confidence.
func TestRegionConfidence(t *testing.T) {
	c := cached(t, "jiangsu")
	sure := c.Region("江苏省南京市玄武区样例路0号", "210000", "", "", 0).Confidence
	for _, less := range []struct{ address, postcode string }{
		{"江苏省南京市玄武区样例路0号", "215300"},
		{"江苏省南京市江宁样例园", "211100"},
		{"江苏省苏州市玉山镇样例路0号", "215300"},
		{"", "215300"},
	} {
		if e := c.Region(less.address, less.postcode, "", "", 0); e.Confidence >= sure {
			t.Errorf("%q %s: confidence %v, want below %v", less.address, less.postcode, e.Confidence, sure)
		}
	}
}

var packs = map[string]*Classifier{}

// cached loads each pack once.
func cached(t testing.TB, id string) *Classifier {
	if packs[id] == nil {
		packs[id] = load(t, id)
	}
	return packs[id]
}

// FuzzRegion holds that any address gets a code of the pack and a confidence,
// and that what decided stands in the address.
func FuzzRegion(f *testing.F) {
	for _, s := range []string{"江苏省南京市玄武区样例路0号", "210000江苏省昆山市", "南京西路", "日本", "Suzhou, Jiangsu", "江苏省常州市昆山市", "中国（江苏）自由贸易试验区", "江苏省宿迁市江苏宿城园", "\xe6\xb1", "ＡＢ", "No. 0 Nanjing Road"} {
		f.Add(s, "215300", "", int32(20190709))
		f.Add(s, "", s, int32(0))
	}
	c := load(f, "jiangsu")
	f.Fuzz(func(t *testing.T, address, postcode, stated string, on int32) {
		e := c.Region(address, postcode, "", stated, date.Date(on))
		if _, ok := c.places.pack.Index(e.Code); !ok {
			t.Errorf("%q: code %q is not of the pack", address, e.Code)
		}
		if e.Confidence < 0 || e.Confidence > 1 || e.Rule == "" {
			t.Errorf("%q: %+v", address, e)
		}
		if again := c.Region(address, postcode, "", stated, date.Date(on)); again != e {
			t.Errorf("%q: %+v, then %+v", address, e, again)
		}
	})
}

// A document is told by its first-named holder alone, else by its applicant.
func TestDocumentPrincipal(t *testing.T) {
	c := cached(t, "jiangsu")
	party := func(role record.Role, name, address, ident string) record.Party {
		return record.Party{Role: role, Names: []record.Text{{Lang: "zh", Text: name}}, Address: address, Ident: ident}
	}
	applicant := party(record.Applicant, "样例大学", "江苏省扬州市样例路0号", "")
	holder := party(record.Holder, "样例有限公司", "江苏省宿迁市样例路0号", "")
	second := party(record.Holder, "样例医院", "浙江省杭州市样例路0号", "")
	for _, tt := range []struct {
		name           string
		parties        []record.Party
		region, holder string
	}{
		{"holder before applicant", []record.Party{applicant, holder, second}, "321300", Enterprise},
		{"first holder", []record.Party{second, holder}, region.Elsewhere, GovernmentOrganisation},
		{"applicant alone", []record.Party{applicant}, "321000", University},
		{"nobody", nil, region.Unknown, Unclassified},
		{"credit code where there is no address", []record.Party{party(record.Holder, "样例", "", "91320583MA00000000")}, "320583", Enterprise},
		{"inventor", []record.Party{party(record.Holder, "样·例", "法国", ""), party(record.Inventor, "样·例", "", "")}, region.Elsewhere, Individual},
		{"five characters, an inventor", []record.Party{party(record.Holder, "样例样例郎", "日本", ""), party(record.Inventor, "样例样例郎", "", "")}, region.Elsewhere, Individual},
		{"transcribed, abroad, no inventor", []record.Party{party(record.Holder, "样莱梅洛尔", "法国", "")}, region.Elsewhere, Enterprise},
		{"not transcribed, abroad, no inventor", []record.Party{party(record.Holder, "样例样例郎", "日本", "")}, region.Elsewhere, Unclassified},
	} {
		res := c.Document(&record.Document{Parties: tt.parties})
		if res.Region.Code != tt.region || res.HolderType.Code != tt.holder {
			t.Errorf("%s: %+v %+v, want %s %s", tt.name, res.Region, res.HolderType, tt.region, tt.holder)
		}
	}
}
