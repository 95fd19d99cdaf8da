package classify

import (
	"testing"

	"onewindow/internal/record"
)

// invented makes a mix of invented documents: places within and without, and
// every sort of name.
func invented() []*record.Document {
	var docs []*record.Document
	for _, x := range []struct{ name, address, postcode, symbol string }{
		{"苏州云杉样例电子有限公司", "江苏省苏州市吴中区样例东路0号3幢", "215100", "H01M10/0525"},
		{"昆山样例精密机械厂", "江苏省昆山市玉山镇样例路0号", "215300", "B23Q3/06"},
		{"江苏样例大学", "江苏省南京市样例大道0号", "210000", "G06F17/30"},
		{"样例控股株式会社", "日本样例县样例市", "", "H04N5/232"},
		{"张样例", "浙江省台州市椒江区样例街0号", "318000", "A47J31/00"},
		{"样例市第一人民医院", "江苏省盐城市亭湖区样例路0号", "224000", "A61B17/00"},
		{"广东样例照明科技股份有限公司", "广东省中山市古镇样例工业园0号", "528400", "F21V29/70"},
		{"约翰·样例", "美国样例州", "", "A63B69/36"},
	} {
		docs = append(docs, &record.Document{Published: issueDay,
			Parties: []record.Party{{Role: record.Holder, Names: []record.Text{{Lang: "zh", Text: x.name}}, Address: x.address, Postcode: x.postcode}},
			Classes: []record.Class{{Scheme: record.IPC, Symbol: x.symbol}}})
	}
	return docs
}

func BenchmarkDocument(b *testing.B) {
	c := load(b, "jiangsu")
	docs := invented()
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		c.Document(docs[i%len(docs)])
	}
}

func BenchmarkGazetteRow(b *testing.B) {
	docs := gazette(b)
	c := load(b, "jiangsu")
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		c.Document(docs[i%len(docs)])
	}
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		load(b, "jiangsu")
	}
}
