package exchange

import (
	"testing"

	"onewindow/internal/record"
)

func TestPublicationNumbersAreThoseOfTheirOffices(t *testing.T) {
	for _, c := range []struct{ office, number, code, want string }{
		{"CN", "109996757", "A", "CN109996757A"},
		{"CN", "1719946", "A", "CN1719946A"},
		{"CN", "85100312", "A", "CN85100312A"},
		{"CN", "209996757", "U", "CN209996757U"},
		{"WO", "2022259205", "A1", "WO2022259205A1"},
		{"WO", "02054790", "A2", "WO2002054790A2"},
		{"WO", "9900001", "A1", "WO1999000001A1"},
		{"WO", "2014/157990", "A1", "WO2014157990A1"},
		{"US", "2006142694", "A1", "US20060142694A1"},
		{"US", "20060142694", "A1", "US20060142694A1"},
		{"US", "2006142694", "", "US20060142694"},
		{"US", "07654321", "B2", "US7654321B2"},
		{"US", "10465445", "B2", "US10465445B2"},
		{"US", "D0800001", "S", "USD800001S"},
		{"US", "RE38765", "E", "USRE38765E"},
		{"EP", "1000000", "A1", "EP1000000A1"},
		{"EP", "49731", "A1", "EP0049731A1"},
		{"EP", " 4636834 ", "", "EP4636834"},
		{"JP", "H05 12345", "A", "JPH0512345A"},
		{"AR", "017747", "A1", "AR017747A1"},
		{"CN", "12", "A", "CN12A"},
	} {
		p, err := Publication(c.office, c.number, c.code)
		if err != nil || p.String() != c.want {
			t.Errorf("%s %s %s is read as %s, %v; want %s", c.office, c.number, c.code, p, err, c.want)
		}
	}
	for _, c := range [][3]string{{"", "1", "A"}, {"EP", "", "A"}, {"EP", "0000", "A"}, {"EP", "12<3", "A"}, {"EUR", "1", "A"},
		{"EP", "1", "A1BC"}, {"EP", "12345678901234567890123456789012345678901", "A"}, {"EP", "1", "é"}} {
		if p, err := Publication(c[0], c[1], c[2]); err == nil {
			t.Errorf("%v is read as %s", c, p)
		}
	}
}

func forms(docdb ID, epodoc, original string) Forms {
	return Forms{docdb, ID{Number: epodoc}, ID{Number: original}}
}

func TestApplicationNumbersMeetWhateverTheirForm(t *testing.T) {
	none := ID{}
	for _, c := range []struct {
		forms Forms
		want  string
	}{
		{forms(ID{Country: "CN", Number: "201710601862", Kind: "A"}, "CN201710601862", ""), "201710601862.3"},
		{forms(ID{Country: "CN", Number: "97101765", Kind: "A"}, "", ""), "97101765.4"},
		{forms(none, "CN201710601862", ""), "201710601862.3"},
		{forms(none, "CN20041027354", ""), "200410027354." + string(record.CheckDigit("200410027354"))},
		{forms(none, "CN19971001765", ""), "97101765.4"},
		{forms(none, "CN20031001765", ""), ""},
		{forms(ID{Country: "CN", Number: "5", Kind: "A"}, "", ""), ""},
		{forms(ID{Country: "US", Number: "201815919370", Kind: "A"}, "", ""), "15919370"},
		{forms(ID{Country: "US", Number: "202163230089", Kind: "P"}, "US202163230089P", "63/230,089"), "63230089"},
		{forms(none, "US202163251090P", ""), "63251090"},
		{forms(ID{Country: "US", Number: "2366704", Kind: "A"}, "US20040023667", "11023667"), "11023667"},
		{forms(ID{Country: "US", Number: "8359798", Kind: "A"}, "", "09/083,597"), "09083597"},
		{forms(ID{Country: "US", Number: "8359798", Kind: "A"}, "", "09/083,598"), "19980083597"},
		{forms(ID{Country: "US", Number: "2366704", Kind: "A"}, "", ""), "20040023667"},
		{forms(none, "US20040023667", ""), "20040023667"},
		{forms(none, "US20020396363P", ""), "20020396363P"},
		{forms(ID{Country: "US", Number: "1258190X", Kind: "A"}, "", ""), "1258190X"},
		{forms(ID{Country: "US", Number: "1", Kind: "A"}, "", ""), "1"},
		{forms(ID{Country: "EP", Number: "99203729", Kind: "A"}, "EP19990203729", ""), "99203729"},
		{forms(none, "EP20100167109", ""), "10167109"},
		{forms(ID{Country: "EP", Number: "20220790168", Kind: "D"}, "", ""), "22790168"},
		{forms(ID{Country: "EP", Number: "99203729.2"}, "", ""), "99203729"},
		{forms(ID{Country: "IL", Number: "2022050854", Kind: "W"}, "WO2022IL50854", "IL2022/050854"), "PCT/IL2022/050854"},
		{forms(none, "WO2022IL50854", ""), "PCT/IL2022/050854"},
		{forms(ID{Country: "US", Number: "9816128", Kind: "W"}, "", ""), "PCT/US1998/016128"},
		{forms(ID{Country: "CN", Number: "PCT/CN2019/070001", Kind: "W"}, "", ""), "PCT/CN2019/070001"},
		{forms(ID{Country: "CN", Number: "12", Kind: "W"}, "", ""), ""},
		{forms(ID{Country: "DE", Number: "B0077613", Kind: "A"}, "", ""), "B0077613"},
		{forms(ID{Country: "DE", Number: "B<0>", Kind: "A"}, "", ""), ""},
		{Forms{}, ""},
	} {
		if got := Application(c.forms); got != c.want {
			t.Errorf("%+v is read as %q, want %q", c.forms, got, c.want)
		}
	}
}

func TestKindsOfRights(t *testing.T) {
	for _, c := range []struct {
		p    record.Publication
		want record.Kind
	}{
		{record.Publication{Office: "CN", Digits: "309996757", Code: "S"}, record.Design},
		{record.Publication{Office: "CN", Digits: "12", Code: "U"}, record.UtilityModel},
		{record.Publication{Office: "WO", Digits: "2022259205", Code: "A1"}, record.PCT},
		{record.Publication{Office: "DE", Digits: "1734877", Code: "U"}, record.UtilityModel},
		{record.Publication{Office: "US", Digits: "D800001", Code: "S1"}, record.Design},
		{record.Publication{Office: "EP", Digits: "1000000", Code: "B1"}, record.Invention},
		{record.Publication{Office: "EP", Digits: "1000000"}, record.Invention},
	} {
		if got := Kind(c.p); got != c.want {
			t.Errorf("%s is a %s, want %s", c.p, got, c.want)
		}
	}
}

func TestSymbolsOfThePatentClassification(t *testing.T) {
	for in, want := range map[string]record.Class{
		"C07K  16/28        20060101AFI20230209BHEP        ": {Symbol: "C07K16/28", Version: "2006.01", Value: "I"},
		"A61K   9/16        20060101A I20051008RMEP":         {Symbol: "A61K9/16", Version: "2006.01", Value: "I"},
		"C12N   9/12        20060101CLN20051110RMJP":         {Symbol: "C12N9/12", Version: "2006.01", Value: "N"},
		"B28B   1/    29            A I                    ": {Symbol: "B28B1/29", Value: "I"},
		"B28B   1/    29            A N                    ": {Symbol: "B28B1/29", Value: "N"},
		"H04W84/20":            {Symbol: "H04W84/20"},
		"G06F13/12(2006.01)I":  {Symbol: "G06F13/12", Version: "2006.01", Value: "I"},
		"H01M 0010/0525 AI":    {Symbol: "H01M10/0525", Value: "I"},
		"H01M 10/052 20060101": {Symbol: "H01M10/052", Version: "2006.01"},
	} {
		want.Scheme = record.IPC
		if got, ok := IPC(in); !ok || got != want {
			t.Errorf("%q is read as %+v, %t; want %+v", in, got, ok, want)
		}
	}
	for _, in := range []string{"", "A", "Z99Z 1/00", "H01M 0/00"} {
		if got, ok := IPC(in); ok {
			t.Errorf("%q is read as %+v", in, got)
		}
	}
}

func TestScriptsOfNames(t *testing.T) {
	for _, c := range [][3]string{{"Exemple SA", "FR", "en"}, {"示例大学", "CN", "zh"}, {"示例大学", "JP", "ja"},
		{"サンプル株式会社", "", "ja"}, {"샘플", "", "ko"}, {"Пример", "", "ru"}} {
		if got := Script(c[0], c[1]); got != c[2] {
			t.Errorf("%s of %s is tagged %s, want %s", c[0], c[1], got, c[2])
		}
	}
	for in, want := range map[string]string{"EN": "en", "ol": "und", "": "und", "XX": "und", "deu": "und", "zh": "zh"} {
		if got := Lang(in); got != want {
			t.Errorf("language %q is tagged %s, want %s", in, got, want)
		}
	}
}

func TestTheFirstElementOfAFile(t *testing.T) {
	for in, want := range map[string]string{
		"<?xml version=\"1.0\"?><!-- <no> --><!DOCTYPE exch:docs SYSTEM \"a.dtd\"><exch:docs a='1'><exch:doc>": "exch:docs docs",
		"<doc/>": "doc doc", "<a.b:doc >": "a.b:doc doc", "no": " ", "<!-- <doc> ": " ", "<?pi <doc>?>": "doc doc",
	} {
		written, name := First([]byte(in))
		if got := written + " " + name; got != want {
			t.Errorf("the first element of %s is %q, want %q", in, got, want)
		}
	}
	if got := Written([]byte("<x:docs><y:doc a=''>"), "doc"); got != "y:doc" {
		t.Errorf("doc is written %s", got)
	}
	if got := Written([]byte("<docs>"), "doc"); got != "doc" {
		t.Errorf("doc is written %s", got)
	}
}
