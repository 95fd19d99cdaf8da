package mapping

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"onewindow/internal/ierr"
	"onewindow/internal/source/tabular"
)

// FuzzPropose wants that a proposal for any table, once it is made, is a mapping
// that needs at most its marked places filled in: it never breaks off, whatever the
// heads are, and what it writes is read again.
func FuzzPropose(f *testing.F) {
	l, say := library(f), says(f, "en")
	for _, m := range l.All() {
		var b bytes.Buffer
		if err := m.WriteExamples(&b, tabular.WriteOptions{Lang: "zh"}); err != nil {
			f.Fatal(err)
		}
		f.Add(b.Bytes())
	}
	f.Add([]byte("a: b,\"c\n# d\",{e}\n1,2,3\n"))
	f.Add([]byte("注册号,权利人,日期\n第1234567号,甲公司,2019年7月9日\n"))
	path := filepath.Join(f.TempDir(), "table.csv")
	f.Fuzz(func(t *testing.T, b []byte) {
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		text, err := l.Propose(path, say)
		if e := ierr.As(err); e != nil && e.Code == "mapping.fault" {
			t.Fatalf("a proposal that is no mapping: %v", err)
		}
		if err != nil {
			return
		}
		m, err := l.Parse("proposal.yaml", text)
		if err != nil {
			t.Fatalf("%v in\n%s", err, text)
		}
		if _, err := l.Check(t.Context(), path, "", m); err != nil {
			t.Errorf("the table cannot be tried: %v", err)
		}
	})
}
