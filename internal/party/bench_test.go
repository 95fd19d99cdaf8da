package party

import (
	"fmt"
	"testing"

	"onewindow/defs"
	"onewindow/internal/classify"
	"onewindow/internal/record"
	"onewindow/internal/region"
	"onewindow/internal/register"
)

// BenchmarkMatching matches 200,000 invented names of holders: it enters them,
// finds their edges and resolves them.
func BenchmarkMatching(b *testing.B) {
	pack, err := region.Load(defs.FS, "jiangsu")
	if err != nil {
		b.Fatal(err)
	}
	classifier, err := classify.New(pack, defs.FS)
	if err != nil {
		b.Fatal(err)
	}
	namer, err := NewNamer(defs.FS, pack, classifier)
	if err != nil {
		b.Fatal(err)
	}
	views := inventedViews(200_000)
	b.ReportAllocs()
	for b.Loop() {
		t := newTable(namer)
		t.take(register.Commit{State: 1, Views: views})
		var w woven
		w.weave(t)
		r := resolve(t, &w, nil)
		b.ReportMetric(float64(len(t.nodes)), "names")
		b.ReportMetric(float64(len(r.all)), "parties")
		b.ReportMetric(float64(len(r.doubts())), "doubts")
	}
}

// inventedViews makes n rights, each with a holder of another name: companies in
// their legal forms and spellings, with English names here and there, and every
// fifth one a person.
func inventedViews(n int) []*register.View {
	const han = "安宝昌成春德东方丰福光广国海汉恒宏华辉嘉建江金锦京凯康科兰乐力利联龙茂美民明能宁鹏品普齐启前强勤青庆全泉锐瑞润森山尚升盛胜世舒顺思泰天通同万威维伟文五祥新信兴星雄旭迅雅亚扬业怡益银英永优宇裕元源远跃云运泽展长振正志智中众洲卓紫宗"
	sign := []rune(han)
	forms := []string{"有限公司", "有限公司", "有限公司", "股份有限公司", "有限责任公司"}
	trades := []string{"科技", "电子", "机械", "新材料", "生物", "环保"}
	cities := []string{"苏州市", "苏州", "南京市", "无锡", "江苏省常州市", "昆山市"}
	views := make([]*register.View, n)
	for i := range views {
		core := string([]rune{sign[i%len(sign)], sign[i/len(sign)%len(sign)], sign[i/7%len(sign)]})
		p := record.Party{Role: record.Holder, Address: fmt.Sprintf("江苏省%s示范路%d号", []string{"苏州市昆山市", "南京市玄武区"}[i%2], i/3%5000)}
		if i%5 == 4 {
			p.Names = []record.Text{{Lang: "zh", Text: "李" + core[:6]}}
		} else {
			p.Names = []record.Text{{Lang: "zh", Text: cities[i/11%len(cities)] + core + trades[i/3%len(trades)] + forms[i/13%len(forms)]}}
			if i%4 == 0 {
				p.Names = append(p.Names, record.Text{Lang: "en", Text: fmt.Sprintf("Sample %d Technology Co., Ltd.", i/8)})
			}
		}
		d := &record.Document{Office: "CN", Kind: record.Invention, Parties: []record.Party{p}}
		views[i] = &register.View{ID: int64(i) + 1, Kind: record.Invention, Statements: []register.Statement{{Doc: d}}}
	}
	return views
}
