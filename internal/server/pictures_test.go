package server

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"onewindow/internal/api"
	"onewindow/internal/api/v1"
	"onewindow/internal/folder"
	"onewindow/internal/register"
)

// A mark is shown with the picture that lies beside its entry, in a folder and in an
// archive; one that was not delivered is told; undone and loaded again it is shown
// again.
func TestMarksAreShownWithThePictureThatCameAlong(t *testing.T) {
	dir := t.TempDir()
	s, _ := open(t, config(filepath.Join(dir, "data"), folder.Real))
	var drawn bytes.Buffer
	if err := png.Encode(&drawn, image.NewGray(image.Rect(0, 0, 40, 20))); err != nil {
		t.Fatal(err)
	}
	in := filepath.Join(dir, "in")
	write := func(name string, b []byte) {
		t.Helper()
		path := filepath.Join(in, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	const head = "注册号,商标名称,国际分类,申请人,图样文件\n"
	write("marks.csv", []byte(head+"90000001,样例之光,9,样例公司,img/1.png\n90000002,样例之影,9,样例公司,2.png\n"))
	write("img/1.png", drawn.Bytes())
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	for name, b := range map[string][]byte{"a/marks.csv": []byte(head + "90000003,样例之声,9,样例公司,3.png\n"), "a/3.png": drawn.Bytes()} {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write(b)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	write("more.zip", packed.Bytes())

	work := func(w api.Work) {
		t.Helper()
		if _, err := s.jobs.Start(t.Context(), w); err != nil {
			t.Fatal(err)
		}
		if err := s.Settled(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	load := func() { work(api.Work{Load: &v1.StartLoad{Paths: []string{in}, As: "trademarks"}}) }
	load()
	h := httptest.NewServer(s.handler)
	defer h.Close()
	page := func(path string) (int, string, http.Header) {
		t.Helper()
		resp, err := http.Get(h.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		b, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return resp.StatusCode, string(b), resp.Header
	}
	source := regexp.MustCompile(`<img src="(/pictures/[0-9a-f]{64})"`)
	for number, has := range map[string]bool{"90000001": true, "90000002": false, "90000003": true} {
		_, text, _ := page("/en/n/tm:CN" + number)
		m := source.FindStringSubmatch(text)
		if (m != nil) != has {
			t.Errorf("%s: picture %v, want %t", number, m, has)
			continue
		}
		if !has {
			if !strings.Contains(text, "it is not kept here") {
				t.Errorf("%s does not say that its picture was not delivered", number)
			}
			continue
		}
		code, b, head := page(m[1])
		if code != http.StatusOK || b != drawn.String() || head.Get("Content-Type") != "image/png" || !strings.Contains(head.Get("Content-Security-Policy"), "sandbox") {
			t.Errorf("%s: %d, %d bytes, %v", m[1], code, len(b), head)
		}
	}
	if code, _, _ := page("/pictures/" + strings.Repeat("0", 64)); code != http.StatusNotFound {
		t.Errorf("a picture that there is not: %d", code)
	}
	// A picture that was late comes with another delivery to the same place, and
	// has the bytes of one that is loaded.
	before := s.register.State()
	write("2.png", drawn.Bytes())
	load()
	if _, text, _ := page("/en/n/tm:CN90000002"); !source.MatchString(text) || strings.Contains(text, "it is not kept here") {
		t.Error("the picture that came later is not shown")
	}
	if _, text, _ := page(fmt.Sprintf("/en/n/tm:CN90000001?known=state+%d", before)); !source.MatchString(text) {
		t.Error("the picture that came first is not shown as it was known then")
	}
	work(api.Work{Undo: 1, By: "test"})
	load()
	if _, text, _ := page("/zh/n/tm:CN90000001"); !source.MatchString(text) {
		t.Error("loaded again, the picture is not shown")
	}
}

func TestALoadKeepsSoManyPictures(t *testing.T) {
	for _, c := range []struct {
		name          string
		number, bytes int
		want          string
	}{
		{"number", 3, 1 << 20, "kept kept kept"}, {"bytes", 10, 25, "kept kept kept"}, {"room for all", 10, 100, "kept kept kept kept"}, {"none", 0, 100, ""},
	} {
		n := 0
		keep := keepAtMost(c.number, c.bytes, func(_, member string, r io.Reader) (int, error) {
			b, err := io.ReadAll(r)
			if member == "damaged" {
				return 0, errors.New(member)
			}
			return len(b), err
		})
		if c.number > 0 && keep("f", "damaged", strings.NewReader("x")) {
			t.Errorf("%s: a damaged one is kept", c.name)
		}
		for range 4 {
			if keep("f", "m", strings.NewReader("ten bytes.")) {
				n++
			}
		}
		if got := strings.TrimSpace(strings.Repeat("kept ", n)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestALoadThatIsUndoneDeliversNothing counts loads as they stand and were known.
func TestALoadThatIsUndoneDeliversNothing(t *testing.T) {
	loads := []register.LoadInfo{{ID: 4, Job: 9, First: 30}, {ID: 3, Job: 7, First: 20, Undone: 25}, {ID: 2, First: 15}, {ID: 1, Job: 5, First: 10}}
	for known, want := range map[int64]string{0: "[{1 5} {4 9}]", 12: "[{1 5}]", 30: "[{1 5} {4 9}]"} {
		if got := fmt.Sprint(deliveries(loads, known)); got != want {
			t.Errorf("known %d: %s, want %s", known, got, want)
		}
	}
}
