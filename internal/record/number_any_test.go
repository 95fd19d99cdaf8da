package record

import "testing"

func TestPublicationNumbersOfAnyOffice(t *testing.T) {
	for in, want := range map[string]string{
		"cn 109996757 A": "CN109996757A", "109996757": "CN109996757", "US 2018/0000016 A1": "US20180000016A1",
		"US10000000B2": "US10000000B2", "us6,054,363": "US6054363", "EP 0680812 A1": "EP0680812A1", "WO 2022/259205": "WO2022259205",
		"USD586076S1": "USD586076S1", "USRE45000E1": "USRE45000E1", "USPP12345P2": "USPP12345P2", "ＥＰ１００００００": "EP1000000",
	} {
		p, err := ParsePublication(in)
		if err != nil || p.String() != want {
			t.Errorf("%q: %q, %v; want %q", in, p, err, want)
		}
		if again, err := ParsePublication(want); err != nil || again != p {
			t.Errorf("%q read again: %q, %v", want, again, err)
		}
		if !LooksLikePublication(in) && len(want) > 8 {
			t.Errorf("%q does not look like one", in)
		}
	}
	for _, in := range []string{"", "US", "battery", "CN4", "H01M10/05", "EP12AB", "12345", "US123456789012345"} {
		if p, err := ParsePublication(in); err == nil {
			t.Errorf("%q is read as %q", in, p)
		}
	}
	for _, in := range []string{"AA1", "PM25", "CO2", "LI4", "COVID19", "HTML5", "UTF8"} {
		if LooksLikePublication(in) {
			t.Errorf("%q looks like a publication", in)
		}
	}
}

func TestApplicationNumbersOfAnyOffice(t *testing.T) {
	for in, want := range map[string]string{
		"CN201710601862": "201710601862.3", "ZL201710601862.3": "201710601862.3", "15/919,370": "15919370", "US 15/919,370": "US15919370",
		"PCT/IL2022/050854": "PCT/IL2022/050854", "pct/cn2020/123456": "PCT/CN2020/123456", "EP99203729": "EP99203729",
	} {
		if got, _ := ParseApplication(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
		if again, _ := ParseApplication(want); again != want {
			t.Errorf("%q read again: %q", want, again)
		}
	}
	for _, in := range []string{"", "1234", "battery", "PCT", "15919370151593701515937015"} {
		if got, err := ParseApplication(in); err == nil {
			t.Errorf("%q is read as %q", in, got)
		}
	}
}

func TestCitationsThatNameAPublication(t *testing.T) {
	for in, want := range map[string]string{
		"US4313443A,1982.02,Frosch et al. *": "US4313443A", "CN1719946A,2006.01.11": "CN1719946A", "EP0680812A1": "EP0680812A1",
		"Frosch et al., On cells, 1999": "", "1719946": "", "": "", "GB/T 2260": "",
	} {
		p, ok := CitedPublication(in)
		if ok != (want != "") || p.String() != want {
			t.Errorf("%q: %q, %v", in, p, ok)
		}
	}
}
