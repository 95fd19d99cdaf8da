package find

import (
	"testing"

	"onewindow/internal/record"
)

func TestRightsOfEveryRegisterAreFoundByWhatTheirRegisterStates(t *testing.T) {
	mark := &record.Document{
		Office: "CN", Number: "47123456", Kind: record.Trademark, Published: 20200121,
		Application: record.Application{Number: "47123456", Filed: 20190301},
		Parties:     []record.Party{{Role: record.Holder, Names: []record.Text{{Lang: "zh", Text: "苏州样本电池有限公司"}}, Address: "江苏省苏州市"}},
		Mark:        &record.Mark{Form: "word", Words: []record.Text{{Lang: "zh", Text: "样本牌"}}},
		Goods:       []record.Goods{{Class: "09", Texts: []record.Text{{Lang: "zh", Text: "蓄电池；充电器"}}}},
	}
	indication := &record.Document{
		Office: "CN", Number: "AGI01234", Kind: record.Indication, Published: 20190101,
		Titles: []record.Text{{Lang: "zh", Text: "样湖大闸蟹"}},
		Facts:  []record.Fact{{Name: record.FactArea, Lang: "zh", Text: "样湖沿岸"}},
	}
	foreign := &record.Document{
		Office: "US", Number: "7654321", Code: "B2", Kind: record.Invention, Published: 20100202, Titles: []record.Text{{Lang: "en", Text: "Sample cell"}},
		Classes: []record.Class{{Scheme: record.CPC, Symbol: "Y02E60/10"}},
	}
	variety := &record.Document{
		Office: "CN", Number: "CNA20191006012", Kind: record.PlantVariety, Published: 20210101,
		Parties: []record.Party{{Role: record.Breeder, Names: []record.Text{{Lang: "zh", Text: "样本人"}}}},
		Facts:   []record.Fact{{Name: record.FactDenomination, Lang: "zh", Text: "样粳一号"}},
	}
	h := open(t)
	h.load(mark, indication, foreign, variety)
	h.sync()
	for query, want := range map[string]int64{
		"kind=trademark": 1, "kind=商标": 1, "ti=样本牌": 1, "gs=蓄电池": 1, "nice=9": 1, "nice=35": 0, "rn=47123456": 1,
		"rn=AGI01234": 1, "ab=样湖沿岸": 1, "region=苏州": 1, "cpc=Y02E": 1, "cpc=Y02E60/10": 1, "ipc=H01M": 0, "in=样本人": 1, "样粳一号": 1, "蓄电池": 1,
	} {
		if found, got := h.titles(Request{Query: query}); got != want {
			t.Errorf("%s: %d, want %d: %s", query, got, want, found)
		}
	}
}
