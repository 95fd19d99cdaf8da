package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// TestHeldLoads: whoever may decide gets the forms, and what they decide arrives.
func TestHeldLoads(t *testing.T) {
	h, m, _ := newDesk(t, time.Now)
	stranger := newBrowser(t, h)
	w := stranger.get("/en/loads/6")
	wants(t, w, http.StatusOK, "This load is held back", "Invented gazette", "200 – 80,000", "not as expected")
	if strings.Contains(w.Body.String(), "<textarea") || strings.Contains(w.Body.String(), "Every entry could be read") {
		t.Error("a stranger is asked to decide, or told of a load that was not read")
	}
	clerk := newBrowser(t, h).signIn("li")
	if w := clerk.post("/en/loads/6/accept", "reason", "x"); w.Code != http.StatusForbidden {
		t.Errorf("who may not decide is answered %d", w.Code)
	}
	chief := newBrowser(t, h).signIn("zhao")
	wants(t, chief.get("/en/loads/6"), http.StatusOK, "Accept and read", "Refuse this load", `action="/en/loads/6/accept"`)
	wants(t, chief.post("/en/loads/6/accept", "reason", " "), http.StatusUnprocessableEntity, "This load is held back", `href="#accept-reason"`)
	wants(t, chief.post("/en/loads/4/refuse", "reason", "too late"), http.StatusUnprocessableEntity, "not held back")
	if w := chief.post("/en/loads/6/accept", "reason", "a short issue"); w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/en/loads/6" || m.decided != "6 true a short issue" {
		t.Errorf("accepting answers %d; decided: %q", w.Code, m.decided)
	}
	wants(t, chief.get("/en/loads/6"), http.StatusOK, "Load 6 was accepted")
	if w := chief.post("/zh/loads/6/refuse", "reason", "文件不完整"); w.Code != http.StatusSeeOther || m.decided != "6 false 文件不完整" {
		t.Errorf("refusing answers %d; decided: %q", w.Code, m.decided)
	}
}
