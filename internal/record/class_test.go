package record

import (
	"errors"
	"testing"
)

func TestParseIPC(t *testing.T) {
	for _, c := range []struct {
		in   string
		want Class
	}{
		{"C08F265/04(2006.01)I", Class{IPC, "C08F265/04", "2006.01", "I"}},
		{"C12R1/01(2006.01)N  ", Class{IPC, "C12R1/01", "2006.01", "N"}},
		{"G06F   13/12    (2006.01)", Class{IPC, "G06F13/12", "2006.01", ""}},
		{"G06F 16/2453（2019.01）I", Class{IPC, "G06F16/2453", "2019.01", "I"}},
		{"B03C3/09", Class{IPC, "B03C3/09", "", ""}},
		{"B03C0003090000", Class{IPC, "B03C3/09", "", ""}},
		{"F28F0001000000", Class{IPC, "F28F1/00", "", ""}},
		{"G06F0016245300", Class{IPC, "G06F16/2453", "", ""}},
		{"h01m", Class{IPC, "H01M", "", ""}},
		{"H01", Class{IPC, "H01", "", ""}},
	} {
		if got, err := ParseIPC(c.in); err != nil || got != c.want {
			t.Errorf("%q reads as %+v, %v", c.in, got, err)
		}
	}
	for _, in := range []string{
		"", "J08F265/04", "C8F265/04", "C08265/04", "C08F265", "C08F/04", "C08F265/4", "C08F265/04(2006)I",
		"C08F265/04(2006.01", "C08F265/04(2006.01)X", "C08F265/04?", "C08F0000000000", "01-01 (12)",
	} {
		if got, err := ParseIPC(in); !errors.Is(err, ErrFormat) {
			t.Errorf("%q reads as %+v, %v; want ErrFormat", in, got, err)
		}
	}
}

func TestParseLocarno(t *testing.T) {
	for in, want := range map[string]Class{
		"01-01 (12)":      {Locarno, "01-01", "12", ""},
		"01-01 (12)  ":    {Locarno, "01-01", "12", ""},
		"14-04（11）":       {Locarno, "14-04", "11", ""},
		"09-03":           {Locarno, "09-03", "", ""},
		"LOC(12)Cl.09-03": {Locarno, "09-03", "12", ""},
	} {
		if got, err := ParseLocarno(in); err != nil || got != want {
			t.Errorf("%q reads as %+v, %v", in, got, err)
		}
	}
	for _, in := range []string{"", "1-01 (12)", "01-01 (12", "01-01 ()", "01-01 (123)", "01-1a", "C08F265/04(2006.01)I"} {
		if got, err := ParseLocarno(in); !errors.Is(err, ErrFormat) {
			t.Errorf("%q reads as %+v, %v; want ErrFormat", in, got, err)
		}
	}
}

func FuzzParseClasses(f *testing.F) {
	f.Add("C08F265/04(2006.01)I")
	f.Add("B03C0003090000")
	f.Add("01-01 (12)")
	f.Fuzz(func(t *testing.T, s string) {
		if c, err := ParseIPC(s); err == nil {
			if again, err := ParseIPC(c.Symbol); err != nil || again.Symbol != c.Symbol {
				t.Errorf("%q reads as %+v, whose symbol reads as %+v, %v", s, c, again, err)
			}
		}
		if c, err := ParseLocarno(s); err == nil {
			if again, err := ParseLocarno(c.Symbol); err != nil || again.Symbol != c.Symbol {
				t.Errorf("%q reads as %+v, whose symbol reads as %+v, %v", s, c, again, err)
			}
		}
	})
}
