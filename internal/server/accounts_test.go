package server

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"

	"onewindow/internal/account"
	"onewindow/internal/api/v1"
)

const testPassword = "brass kettle rain"

// signedIn adds a person to the shared server and returns a browser in which
// they are signed in through the page.
func signedIn(t *testing.T, login, role string) *http.Client {
	t.Helper()
	return signIn(t, shared.server, shared.stranger.URL, login, role)
}

// signIn is signedIn for a server that is served at base.
func signIn(t *testing.T, s *Server, base, login, role string) *http.Client {
	t.Helper()
	_, err := s.accounts.Add(t.Context(), account.NewPerson{Login: login, Display: "Person " + role, Body: "Sample office", Role: role, Password: testPassword}, "test")
	if err != nil {
		t.Fatal(err)
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	c := &http.Client{Jar: jar, Transport: &http.Transport{}}
	t.Cleanup(c.CloseIdleConnections)
	resp, err := c.PostForm(base+"/en/sign-in", url.Values{"login": {login}, "password": {testPassword}})
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK || resp.Request.URL.Path != "/en/account" {
		t.Fatalf("signing in as %s leads to %d %s", login, resp.StatusCode, resp.Request.URL)
	}
	return c
}

// sendJSON sends a body and reads the answer into out where it is a success. It
// returns the status.
func sendJSON(t *testing.T, c *http.Client, method, address string, body, out any) int {
	t.Helper()
	b, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequest(method, address, bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := c.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	if resp.StatusCode/100 == 2 {
		if err := json.Unmarshal(answer, out); err != nil {
			t.Fatalf("%s: %v", answer, err)
		}
	} else {
		t.Logf("%d %s", resp.StatusCode, answer)
	}
	return resp.StatusCode
}

func TestPeopleSignWhatTheyDecide(t *testing.T) {
	clerk := signedIn(t, "li", "clerk")
	base := shared.stranger.URL + v1.Prefix
	const path = "/records/2900/overrides" // which no other test asks for

	var o v1.Override
	claim := map[string]any{"field": "region", "value": "320500", "reason": "seat moved", "author": "the director"}
	if status := sendJSON(t, clerk, http.MethodPost, base+path, claim, &o); status != http.StatusOK {
		t.Fatalf("a clerk may not correct: %d", status)
	}
	if want := "Person clerk (li)"; o.Author != want {
		t.Errorf("the correction is signed %q, want %q", o.Author, want)
	}
	var seen v1.Overrides
	if sendJSON(t, http.DefaultClient, http.MethodGet, base+path, nil, &seen); len(seen.Overrides) != 1 || seen.Overrides[0].Author != "" {
		t.Errorf("a stranger sees who decided: %v", seen.Overrides)
	}
	if sendJSON(t, clerk, http.MethodGet, base+path, nil, &seen); seen.Overrides[0].Author == "" {
		t.Error("a clerk does not see who decided")
	}
	var queue v1.PartyQueue
	if status := sendJSON(t, clerk, http.MethodGet, base+"/party-queue?limit=1", nil, &queue); status != http.StatusOK || len(queue.Pairs) == 0 {
		t.Fatalf("the queue answers %d with %d pairs", status, len(queue.Pairs))
	}
	var made v1.PartyDecisions
	pair := map[string]any{"a": queue.Pairs[0].A.ID, "b": queue.Pairs[0].B.ID, "reason": "two", "author": "somebody else"}
	if status := sendJSON(t, clerk, http.MethodPost, base+"/party-queue/differ", pair, &made); status != http.StatusOK || made.Decisions[0].Author != "Person clerk (li)" {
		t.Errorf("deciding answers %d: %+v", status, made.Decisions)
	}
	var undone v1.PartyDecisions
	why := map[string]any{"reason": "for other tests"}
	if status := sendJSON(t, clerk, http.MethodPost, fmt.Sprintf("%s/party-decisions/%d/undo", base, made.Decisions[0].ID), why, &undone); status != http.StatusOK || undone.Decisions[0].UndoneBy != "Person clerk (li)" {
		t.Errorf("undoing answers %d: %+v", status, undone.Decisions)
	}
	if status := sendJSON(t, clerk, http.MethodDelete, base+path+"/region?reason=tests&author=somebody", nil, &o); status != http.StatusOK {
		t.Errorf("withdrawing answers %d", status)
	}
	var me v1.User
	if sendJSON(t, clerk, http.MethodGet, base+"/session", nil, &me); me.Login != "li" || fmt.Sprint(me.Permissions) != "[read-desk decide save]" {
		t.Errorf("the session is of %+v", me)
	}
}

func TestPagesOfOtherSitesChangeNothing(t *testing.T) {
	c := signedIn(t, "test-cross", "administrator")
	for _, row := range []struct {
		method, path string
		header       [2]string
		want         int
	}{
		{"POST", "/en/sign-out", [2]string{"Sec-Fetch-Site", "cross-site"}, 403},
		{"POST", "/en/account/sessions/end", [2]string{"Origin", "https://evil.example"}, 403},
		{"POST", "/en/sign-in", [2]string{"Sec-Fetch-Site", "same-site"}, 403},
		{"POST", v1.Prefix + "/users/test-cross/disable", [2]string{"Sec-Fetch-Site", "cross-site"}, 403},
		{"DELETE", v1.Prefix + "/users/test-cross/sessions", [2]string{"Origin", "null"}, 403},
		{"GET", "/en/account", [2]string{"Sec-Fetch-Site", "cross-site"}, 200},
		{"GET", v1.Prefix + "/session", [2]string{"Sec-Fetch-Site", "same-origin"}, 200},
	} {
		req, err := http.NewRequest(row.method, shared.stranger.URL+row.path, nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set(row.header[0], row.header[1])
		resp, err := c.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil || resp.StatusCode != row.want || row.want == 403 && !strings.Contains(string(body), "another site") {
			t.Errorf("%s %s %v: %d %.200s", row.method, row.path, row.header, resp.StatusCode, body)
		}
	}
}
