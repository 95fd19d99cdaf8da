package record

import (
	"errors"
	"testing"
)

func TestParseApplicationCN(t *testing.T) {
	for _, c := range []struct {
		in, want string
		kind     Kind
	}{
		{"201710601862.3", "201710601862.3", Invention},
		{"CN2017106018623", "201710601862.3", Invention},
		{"ZL 2017 1 0601862 . 3", "201710601862.3", Invention},
		{"201710601862", "201710601862.3", Invention},
		{"202010000005x", "202010000005.X", Invention},
		{"２０１７１０６０１８６２．３", "201710601862.3", Invention},
		{"202080012345.2", "202080012345.2", Invention},
		{"202020000002.1", "202020000002.1", UtilityModel},
		{"202090012345.8", "202090012345.8", UtilityModel},
		{"202030000003.1", "202030000003.1", Design},
		{"97101765.4", "97101765.4", Invention},
		{"95115608.X", "95115608.X", Invention},
		{"85100001", "85100001", Invention},
	} {
		got, err := ParseApplicationCN(c.in)
		if err != nil || got != c.want {
			t.Errorf("%q reads as %q, %v; want %q", c.in, got, err, c.want)
		}
		if k := KindOfApplicationCN(got); k != c.kind {
			t.Errorf("%q is of kind %q, want %q", c.in, k, c.kind)
		}
	}
	for _, in := range []string{"", "2.02E+12", "201740601862.3", "20171060186.3", "9710176.4", "2017106018623X", "20171060186Z.3", "发明"} {
		if got, err := ParseApplicationCN(in); !errors.Is(err, ErrFormat) {
			t.Errorf("%q reads as %q, %v; want ErrFormat", in, got, err)
		}
	}
	if got, err := ParseApplicationCN("201710601862.4"); !errors.Is(err, ErrCheckDigit) || got != "201710601862.4" {
		t.Errorf("a wrong check digit gives %q, %v", got, err)
	}
}

func TestParsePublicationCN(t *testing.T) {
	for _, c := range []struct {
		in, want, key string
		kind          Kind
	}{
		{"CN109996757A", "CN109996757A", "pub:CN109996757", Invention},
		{"cn 109996757 b", "CN109996757B", "pub:CN109996757", Invention},
		{"109996757", "CN109996757", "pub:CN109996757", Invention},
		{"CN209078969U", "CN209078969U", "pub:CN209078969", UtilityModel},
		{"CN305246987S", "CN305246987S", "pub:CN305246987", Design},
		{"CN1200000A", "CN1200000A", "pub:CN1200000A", Invention},
		{"CN1200000C", "CN1200000C", "pub:CN1200000C", Invention},
		{"85100312A", "CN85100312A", "pub:CN85100312", Invention},
		{"CN101945314A8", "CN101945314A8", "pub:CN101945314", Invention},
	} {
		p, err := ParsePublicationCN(c.in)
		if err != nil || p.String() != c.want || p.Kind() != c.kind || p.RightKey() != c.key {
			t.Errorf("%q reads as %v, %v, kind %v, key %v", c.in, p, err, p.Kind(), p.RightKey())
		}
	}
	for _, in := range []string{"", "CN10700001A1B", "CN700000001A", "CN900000001U", "US10000001B2", "CN109996757Q", "CN12345A"} {
		if p, err := ParsePublicationCN(in); !errors.Is(err, ErrFormat) {
			t.Errorf("%q reads as %v, %v", in, p, err)
		}
	}
}

func TestKeysLeadWithASoundApplicationNumber(t *testing.T) {
	d := Document{Office: "CN", Number: "109996757", Code: "A"}
	if k := d.Keys(); len(k) != 1 || k[0] != "pub:CN109996757" {
		t.Errorf("without an application number: %v", k)
	}
	d.Application.Number = "201710601862.3"
	if k := d.Keys(); len(k) != 2 || k[0] != "app:CN201710601862.3" {
		t.Errorf("with a sound one: %v", k)
	}
	d.Application.Number = "201710601862.4"
	if k := d.Keys(); len(k) != 1 {
		t.Errorf("with a wrong check digit: %v", k)
	}
}

func FuzzParseNumbers(f *testing.F) {
	f.Add("ZL201710601862.3")
	f.Add("CN109996757A")
	f.Fuzz(func(t *testing.T, s string) {
		if n, err := ParseApplicationCN(s); err == nil {
			if again, err := ParseApplicationCN(n); err != nil || again != n {
				t.Errorf("%q normalises to %q, which reads as %q, %v", s, n, again, err)
			}
		}
		if p, err := ParsePublicationCN(s); err == nil {
			if again, err := ParsePublicationCN(p.String()); err != nil || again != p {
				t.Errorf("%q reads as %v, which reads as %v, %v", s, p, again, err)
			}
		}
	})
}
