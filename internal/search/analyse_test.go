package search

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func TestAnalyse(t *testing.T) {
	long := strings.Repeat("é", 300)
	tests := []struct{ in, want string }{
		{"", ""},
		{" ,;，。", ""},
		{"Solid-State Battery", "solid0 state1 battery2"},
		{"the battery's cells’s o'clock", "the0 battery1 cells2 o3 clock4"},
		{"ÉTUDE étude Größe łódź e\u0301", "etude0 etude1 grosse2 lodz3 e4"},
		{"ＡＢＣ１２ ①②", "abc120 121"},
		{"H₂O m² ﬁlter", "h2o0 m21 filter2"},
		{"Батарея ΑΒΓΣ", "батарея0 αβγσ1"},
		{"锂电池", "锂电0 电池1"},
		{"锂", "锂0?"},
		{"5G通信", "5g0 通信1"},
		{"锂电，池x", "锂电0 池2? x3"},
		{"こんにちは 한국어", "こん0 んに1 にち2 ちは3 한국5 국어6"},
		{"金\uf90a", "金金0"},
		{"\xff\xfea b\x80", "a0 b1"},
		{long, strings.Repeat("e", 255) + "0"},
		{strings.Repeat("ж", 200), strings.Repeat("ж", 127) + "0"},
	}
	for _, tt := range tests {
		var got []string
		for _, w := range Analyse(tt.in) {
			s := fmt.Sprintf("%s%d", w.Text, w.Pos)
			if w.Char {
				s += "?"
			}
			got = append(got, s)
		}
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("%q gives %q, want %q", tt.in, s, tt.want)
		}
	}
}

func TestStem(t *testing.T) {
	same := [][]string{
		{"battery", "batteries"}, {"charge", "charges", "charged", "charging"}, {"box", "boxes"},
		{"coat", "coats", "coating", "coatings", "coated"}, {"code", "codes", "coding", "coded"},
		{"run", "runs", "running"}, {"control", "controls", "controlled", "controlling"}, {"cell", "cells"},
		{"process", "processes", "processing", "processed"}, {"device", "devices"}, {"lens", "lenses"}, {"carry", "carries", "carried", "carrying"},
		{"patch", "patches"}, {"exceed", "exceeds", "exceeding"}, {"pin", "pins"},
	}
	for _, list := range same {
		for _, w := range list[1:] {
			if stem(w) != stem(list[0]) {
				t.Errorf("%s has stem %s, %s has %s", list[0], stem(list[0]), w, stem(w))
			}
		}
	}
	apart := [][2]string{{"lens", "len"}, {"speed", "spe"}, {"string", "str"}, {"apparatus", "apparatu"}, {"tube", "tub"}, {"pine", "pin"}, {"is", "i"}, {"h2s", "h2"}, {"gas", "ga"}, {"need", "ne"}}
	for _, p := range apart {
		if stem(p[0]) == stem(p[1]) {
			t.Errorf("%s and %s share the stem %s", p[0], p[1], stem(p[0]))
		}
	}
}

// TestFormsAreComplete: whatever has the stem of a word is among its forms.
func TestFormsAreComplete(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	by := map[string][]string{}
	for range 400_000 {
		var b strings.Builder
		for range 1 + r.IntN(5) {
			b.WriteByte("aeiybcdlnpstx"[r.IntN(13)])
		}
		b.WriteString([]string{"", "s", "es", "ed", "ing", "ings", "ies", "ied", "e", "y", "ss", "eds", "xes", "ches"}[r.IntN(14)])
		w := b.String()
		by[stem(w)] = append(by[stem(w)], w)
	}
	for s, list := range by {
		slices.Sort(list)
		list = slices.Compact(list)
		for _, w := range list[:min(len(list), 3)] {
			have := forms(w)
			for _, x := range list {
				if !slices.Contains(have, x) {
					t.Fatalf("%s and %s have the stem %s, but the forms of %s are %v", w, x, s, w, have)
				}
			}
		}
	}
}

func TestLengthCode(t *testing.T) {
	last := byte(0)
	for n := range uint32(70_000) {
		c := lengthCode(n)
		if l := lengthOf(c); c < last || l > n || n-l > n/16 {
			t.Fatalf("length %d has code %d, which is %d", n, c, l)
		}
		last = c
	}
}

func TestPack(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for w := range uint(33) {
		var in, out [blockLen]uint32
		for i := range in {
			in[i] = uint32(r.Uint64() & (1<<w - 1))
		}
		b := pack(nil, &in, w)
		if len(b) != int(16*w) {
			t.Fatalf("width %d takes %d bytes", w, len(b))
		}
		b = append(b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff)
		unpack(b, &out, w)
		for i := range in {
			if out[i] != in[i] || w > 0 && packedAt(b, i, w) != in[i] {
				t.Fatalf("width %d, value %d: %d, want %d", w, i, out[i], in[i])
			}
		}
	}
}

func FuzzAnalyse(f *testing.F) {
	for _, s := range []string{"Solid-state 5G通信", "锂", "\xff", "e\u0301's", "ﷺ㎡①"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		last := -1
		for _, w := range Analyse(s) {
			if w.Text == "" || len(w.Text) > MaxWord || w.Pos <= last {
				t.Fatalf("%q gives %+v after place %d", s, w, last)
			}
			last = w.Pos
		}
	})
}
