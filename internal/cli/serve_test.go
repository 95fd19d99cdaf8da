package cli

import (
	"os"
	"path/filepath"
	"testing"

	"onewindow/defs"
	"onewindow/internal/ierr"
)

func TestTheRegionOfTheDemoIsOneThatTheDefinitionsHold(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, defs.FS); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, "regions", "jiangsu.yaml")); err != nil {
		t.Fatal(err)
	}
	a := &app{settings: newSettings(), defs: os.DirFS(dir)}
	for named, want := range map[string]string{"": "zhejiang", "anhui": "anhui"} {
		if got, err := a.demoRegion(named); err != nil || got != want {
			t.Errorf("%q is %q, %v; want %q", named, got, err, want)
		}
	}
	a.settings.named("demo-region").value = "hubei"
	if got, err := a.demoRegion(""); err != nil || got != "hubei" {
		t.Errorf("the setting gives %q, %v", got, err)
	}
	a = &app{settings: newSettings(), defs: os.DirFS(t.TempDir())}
	if _, err := a.demoRegion(""); ierr.KindOf(err) != ierr.NotFound {
		t.Errorf("without any region: %v", err)
	}
}
