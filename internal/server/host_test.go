package server

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestOnlyOurOwnNamesAreAnswered(t *testing.T) {
	s := &Server{config: Config{Catalogs: shared.server.config.Catalogs, Hosts: []string{"IP.office.example", "window.example:8443"}}}
	served := httptest.NewServer(s.hostCheck("http://desk.example:8080", shared.server.handler))
	defer served.Close()
	for host, answered := range map[string]bool{
		"localhost": true, "localhost:8080": true, "LOCALHOST.": true, "app.localhost:80": true, "127.0.0.1:9": true, "[::1]:8080": true,
		"10.1.2.3": true, "desk.example:8080": true, "ip.office.example": true, "window.example": true,
		"evil.example": false, "localhost.evil.example:8080": false, "office.example": false, "127.0.0.1.evil.example": false,
	} {
		for path, mark := range map[string]string{"/healthz": "--hosts", "/api/v1/status": `"code":"server.host"`} {
			req, err := http.NewRequest(http.MethodGet, served.URL+path, nil)
			if err != nil {
				t.Fatal(err)
			}
			req.Host = host
			resp, err := http.DefaultClient.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			body, err := io.ReadAll(resp.Body)
			resp.Body.Close()
			if err != nil {
				t.Fatal(err)
			}
			if answered && resp.StatusCode != http.StatusOK {
				t.Errorf("%s as %s: %d %s", path, host, resp.StatusCode, body)
			}
			if !answered && (resp.StatusCode != http.StatusMisdirectedRequest || !strings.Contains(string(body), mark)) {
				t.Errorf("%s as %s: %d %s", path, host, resp.StatusCode, body)
			}
		}
	}
}
