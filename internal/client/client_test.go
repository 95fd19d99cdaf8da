package client

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"onewindow/internal/api/v1"
	"onewindow/internal/folder"
	"onewindow/internal/ierr"
)

func TestParametersAreSentUnderTheirNames(t *testing.T) {
	got := values(v1.SearchParams{AsOf: v1.AsOf{On: "2019-07-09"}, Query: "ti=电池 and kind=invention", Limit: 5}).Encode()
	if want := "limit=5&on=2019-07-09&q=ti%3D%E7%94%B5%E6%B1%A0+and+kind%3Dinvention"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if got := values(nil).Encode(); got != "" {
		t.Errorf("nothing is sent as %q", got)
	}
}

// answering is a client of a server that answers every request so.
func answering(t *testing.T, status int, body string) *Client {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		w.Write([]byte(body))
	}))
	t.Cleanup(s.Close)
	return Network(s.URL+"/", "en")
}

func TestErrorsKeepTheirKind(t *testing.T) {
	for _, c := range []struct {
		status int
		body   string
		kind   ierr.Kind
		code   string
	}{
		{409, `{"kind":"conflict","code":"folder.region","detail":"elsewhere","args":{"has":"a"}}`, ierr.Conflict, "folder.region"},
		{502, "<html>bad gateway", ierr.Internal, "client.answer"},
		{404, `{}`, ierr.Internal, "client.answer"},
		{200, `not JSON`, ierr.Internal, "client.answer"},
	} {
		_, err := answering(t, c.status, c.body).Status(context.Background())
		if e := ierr.As(err); e.Kind != c.kind || e.Code != c.code {
			t.Errorf("%d %s: %v", c.status, c.body, err)
		}
	}
	c := Network("http://127.0.0.1:1", "en")
	if _, err := c.Status(context.Background()); ierr.As(err).Code != "client.unreachable" {
		t.Errorf("nobody there: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := c.Status(ctx); ierr.KindOf(err) != ierr.Cancelled {
		t.Errorf("cancelled: %v", err)
	}
}

func TestExportsThatBreakOffAreErrors(t *testing.T) {
	var b strings.Builder
	_, err := answering(t, 200, "{}\n").Export(context.Background(), v1.ExportParams{}, &b)
	if ierr.As(err).Code != "client.cut" || b.String() != "{}\n" {
		t.Errorf("%v after %q", err, b.String())
	}
}

func TestConnectStartsAServerWhereNoneIs(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "d")
	var f *folder.Folder
	stopped := false
	c, err := Connect(context.Background(), dir, "en", func(context.Context) (func() error, error) {
		var err error
		if f, err = folder.Create(dir, folder.Real, "jiangsu", time.Now()); err != nil {
			return nil, err
		}
		l, err := f.Listen()
		if err != nil {
			return nil, err
		}
		go http.Serve(l, http.NotFoundHandler())
		return func() error { stopped = true; return errors.Join(l.Close(), f.Close()) }, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if !c.Own {
		t.Error("the server is taken for another process's")
	}
	other, err := Connect(context.Background(), dir, "en", func(context.Context) (func() error, error) {
		t.Error("a second server is started")
		return nil, net.ErrClosed
	})
	if err != nil || other.Own {
		t.Errorf("own %v, %v", other.Own, err)
	}
	if err := errors.Join(other.Close(), c.Close()); err != nil || !stopped {
		t.Errorf("stopped %v, %v", stopped, err)
	}
}

func TestConnectWaitsForAnOwnerThatIsOnlyStarting(t *testing.T) {
	dir := t.TempDir()
	f, err := folder.Create(dir, folder.Real, "jiangsu", time.Now())
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	go func() {
		time.Sleep(200 * time.Millisecond)
		if l, err := f.Listen(); err == nil {
			http.Serve(l, http.NotFoundHandler())
		}
	}()
	start := func(context.Context) (func() error, error) {
		_, err := folder.Open(dir, time.Now())
		return nil, err
	}
	c, err := Connect(context.Background(), dir, "en", start)
	if err != nil {
		t.Fatal(err)
	}
	c.Close()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Connect(ctx, filepath.Join(dir, "none"), "en", func(context.Context) (func() error, error) {
		return nil, ierr.New(ierr.Busy, "folder.owned", nil)
	}); ierr.KindOf(err) != ierr.Cancelled {
		t.Errorf("a reader who gives up waits: %v", err)
	}
}
