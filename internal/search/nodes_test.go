package search

import (
	"slices"
	"testing"
)

func TestWhatNodesFind(t *testing.T) {
	ix := build(t,
		Doc{[]Field{title("Lithium battery charging device"), abstract("A solid-state cell. Batteries are charged quickly."), {'i', 0, "H01M10/05"}, {'k', 0, "CN1"}}}, // 0
		Doc{[]Field{title("一种锂电池充电装置"), title("Charger"), abstract("本发明公开了5G通信，电池"), {'i', 0, "H01M4/02"}, {'p', 0, "江苏大学"}, {'p', 0, "南京大学"}}},                        // 1
		Doc{[]Field{title("Schaltung für Akkus"), abstract("die Batterien; ＡＢＣ H₂O étude"), {'i', 0, "G06F3/01"}}},                                                     // 2
		Doc{[]Field{title("池"), abstract("state of the art: a battery pack charges solid waste"), {'n', 0, "Wang Wei"}, {'n', 0, "Li Na"}}},                            // 3
		Doc{[]Field{title("锂，电池"), abstract("通信 5G"), title("battery"), {'n', 0, "李娜"}}},                                                                               // 4
		Doc{[]Field{{'k', 0, "only a key"}}}, // 5
	)
	any := func(s string) Node { return Text{'t', AnyPart, s} }
	tests := []struct {
		name string
		node Node
		want []uint32
	}{
		{"word", any("device"), []uint32{0}},
		{"inflected", any("charging"), []uint32{0, 3}},
		{"plural finds singular", any("batteries"), []uint32{0, 3, 4}},
		{"hyphen splits", any("solid state"), []uint32{0}},
		{"phrase in order", any("state solid"), nil},
		{"never from title into abstract", any("device a solid"), nil},
		{"folded", any("ABC h2o ETUDE"), []uint32{2}},
		{"umlaut", any("fur"), []uint32{2}},
		{"title only", Text{'t', Part0, "battery"}, []uint32{0, 4}},
		{"abstract only", Text{'t', Part1, "battery"}, []uint32{0, 3}},
		{"one character first", any("锂"), []uint32{1, 4}},
		{"one character last", any("池"), []uint32{1, 3, 4}},
		{"one character in abstract", Text{'t', Part1, "池"}, []uint32{1}},
		{"two characters", any("电池"), []uint32{1, 4}},
		{"run of three", any("锂电池"), []uint32{1}},
		{"run across a comma", any("信电"), nil},
		{"mixed", any("5G通信"), []uint32{1}},
		{"mixed with one character", any("5G通"), []uint32{1}},
		{"prefix", Prefix{'t', AnyPart, "batter"}, []uint32{0, 2, 3, 4}},
		{"prefix after words", Prefix{'t', AnyPart, "lithium batt"}, []uint32{0}},
		{"prefix of Chinese is the run", Prefix{'t', AnyPart, "锂电"}, []uint32{1}},
		{"prefix in title", Prefix{'t', Part0, "batter"}, []uint32{0, 4}},
		{"wildcard", Wildcard{'t', AnyPart, "b*t?er*"}, []uint32{0, 2, 3, 4}},
		{"wildcard whole word", Wildcard{'t', AnyPart, "charg?d"}, []uint32{0}},
		{"near either order", Near{any("charged"), any("batteries"), 2, false}, []uint32{0, 3}},
		{"near in order", Near{any("charged"), any("batteries"), 2, true}, nil},
		{"near too far", Near{any("art"), any("battery"), 1, true}, nil},
		{"near", Near{any("art"), any("battery"), 2, true}, []uint32{3}},
		{"near prefix", Near{Prefix{'t', AnyPart, "bat"}, any("solid"), 3, true}, []uint32{3}},
		{"name", Text{'p', AnyPart, "大学"}, []uint32{1}},
		{"never from name to name", Text{'n', AnyPart, "Wei Li"}, nil},
		{"key", Key{'i', "H01M4/02"}, []uint32{1}},
		{"key is exact", Key{'i', "H01M"}, nil},
		{"key prefix", KeyPrefix{'i', "H01M"}, []uint32{0, 1}},
		{"all", All{}, []uint32{0, 1, 2, 3, 4, 5}},
		{"none", None{}, nil},
		{"and", And{[]Node{any("battery"), any("solid")}}, []uint32{0, 3}},
		{"or", Or{[]Node{any("charger"), any("waste")}}, []uint32{1, 3}},
		{"not", Not{any("battery")}, []uint32{1, 2, 5}},
		{"and not", And{[]Node{Not{any("waste")}, any("battery")}}, []uint32{0, 4}},
		{"near in order", Near{any("art"), any("state"), 5, true}, nil},
		{"empty and", And{}, []uint32{0, 1, 2, 3, 4, 5}},
		{"empty or", Or{}, nil},
		{"no word", any("，。"), nil},
		{"filter", Filter{evenSlots{}}, []uint32{0, 2, 4}},
		{"and filter", And{[]Node{Filter{evenSlots{}}, any("battery")}}, []uint32{0, 4}},
		{"nested", Or{[]Node{And{[]Node{any("锂"), Not{any("5g通信")}}}, And{[]Node{any("solid"), Or{[]Node{any("device"), any("nothing")}}}}}}, []uint32{0, 4}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := search(t, ix, tt.node, Options{Top: 10})
			got := slots(r)
			slices.Sort(got)
			if !slices.Equal(got, tt.want) || r.Total != len(tt.want) {
				t.Errorf("found %v (total %d), want %v", got, r.Total, tt.want)
			}
		})
	}
}

type evenSlots struct{}

func (evenSlots) Match(_ uint32, words []uint64) {
	for i := range words {
		words[i] = 0x5555555555555555
	}
}
