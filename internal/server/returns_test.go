package server

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"onewindow/internal/account"
	"onewindow/internal/api/v1"
	"onewindow/internal/folder"
	"onewindow/internal/indicator"
)

// bureau is an office to which bodies report on pages.
type bureau struct {
	*testing.T
	s    *Server
	base string
}

func openBureau(t *testing.T) *bureau {
	s, _ := open(t, config(filepath.Join(t.TempDir(), "data"), folder.Real))
	net := httptest.NewServer(s.handler)
	t.Cleanup(net.Close)
	return &bureau{t, s, net.URL}
}

// person signs somebody in who acts for a body.
func (b *bureau) person(login, body, role string) *http.Client {
	b.Helper()
	_, err := b.s.accounts.Add(b.Context(), account.NewPerson{Login: login, Display: "Person " + login, Body: body, Role: role, Password: testPassword}, "test")
	if err != nil {
		b.Fatal(err)
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		b.Fatal(err)
	}
	c := &http.Client{Jar: jar, Transport: &http.Transport{}}
	b.Cleanup(c.CloseIdleConnections)
	resp, err := c.PostForm(b.base+"/en/sign-in", url.Values{"login": {login}, "password": {testPassword}})
	if err != nil {
		b.Fatal(err)
	}
	resp.Body.Close()
	if resp.Request.URL.Path != "/en/account" {
		b.Fatalf("%s is not signed in: %s", login, resp.Request.URL)
	}
	return c
}

func (b *bureau) get(c *http.Client, path string, status int, texts ...string) {
	b.Helper()
	resp, err := c.Get(b.base + path)
	wantPage(b.T, resp, err, status, texts...)
}

func (b *bureau) post(c *http.Client, path string, values url.Values, status int, texts ...string) {
	b.Helper()
	resp, err := c.PostForm(b.base+path, values)
	wantPage(b.T, resp, err, status, texts...)
}

// figure evaluates a figure as of an approval.
func (b *bureau) figure(name string, approval int64) string {
	b.Helper()
	r, err := indicator.ParseRef(name)
	if err != nil {
		b.Fatal(err)
	}
	e, release, err := b.s.evaluator(b.Context(), 0, approval)
	if err != nil {
		b.Fatal(err)
	}
	defer release()
	f, err := e.Figure(b.Context(), r)
	if err != nil {
		b.Fatal(err)
	}
	if n, ok := f.Published(); ok {
		return n.Text(f.Places)
	}
	return "absent " + f.Absent.Code
}

// customs are the fields of a return of the customs.
func customs(period string, cases, batches string, more ...string) url.Values {
	v := url.Values{"period": {period}}
	set := func(figure, value string) { v.Set("value:"+figure+"@320000", value) }
	set("customs.cases_filed", cases)
	set("customs.items_seized", "2,900,000")
	set("customs.value_seized", "8230000")
	set("customs.batches_seized", batches)
	set("customs.longteng_enterprises", "34")
	set("customs.longteng_enterprises{part=continuing}", "14")
	set("customs.longteng_enterprises{part=new}", "20")
	for i := 0; i+1 < len(more); i += 2 {
		v.Set(more[i], more[i+1])
	}
	return v
}

// TestAReturnIsHandedInApprovedAndRevisedOnPages goes the whole way: refused with every
// fault at its field and what was typed kept, prepared by one and approved by another
// person of the body, corrected by a revision with its reason, of which one is taken
// back; figures of an earlier approval stay what they were.
func TestAReturnIsHandedInApprovedAndRevisedOnPages(t *testing.T) {
	b := openBureau(t)
	li, wang := b.person("li", "Customs", "member"), b.person("wang", "海关", "member")

	b.get(li, "/en/returns", 200, `href="/en/returns/customs"`, "days late")
	b.get(li, "/zh/returns", 200, "海关保护", "逾期")
	b.get(li, "/en/returns/customs?period=2020", 200, "Customs protection 2020", "Nothing was handed in", `id="cell-1-value"`, "Sign as prepared")

	// Refused: each fault is told with a link to its field, and what was typed stands.
	bad := customs("2020", "3 hundred", "3231")
	b.post(li, "/en/returns/customs", bad, 422, "Error: Customs protection 2020", `<a href="#cell-1-value">`, "“3 hundred” is no number", `value="3 hundred"`, `value="3231"`, `aria-invalid="true"`)
	bad = customs("2020", "362.5", "")
	bad.Set("cut_off", "2020-06-30")
	b.post(li, "/en/returns/customs", bad, 422, `<a href="#return-cut_off">`, `<a href="#cell-4-value">`, "asked for and not reported", `value="2020-06-30"`, `value="362.5"`)
	b.post(li, "/zh/returns/customs", customs("2020", "362", "3231", "value:customs.longteng_enterprises@320000", "35"), 422, "34", `href="#cell-5-value"`)
	if n := len(b.s.returns.All()); n != 0 {
		t.Fatalf("%d returns are there that were refused", n)
	}

	b.post(li, "/en/returns/customs", customs("2020", "362", "3231", "qualifier:customs.items_seized@320000", "nearly", "note:customs.items_seized@320000", "post included"), 200,
		"signed as prepared", "You prepared this return", "nearly 2,900,000", "post included")
	b.get(li, "/en/returns", 200, "Waiting for approval", "Customs protection 2020, revision 1")
	b.get(li, "/en/returns/customs?period=2020", 200, "Until it is approved or taken back")
	if got := b.figure("customs.cases_filed@320000/2020", 0); got != "absent not_reported" {
		t.Errorf("a return counts that nobody approved: %s", got)
	}
	b.post(li, "/en/returns/customs/1/approve", url.Values{}, 403, "Who prepared a return cannot approve it")
	b.get(wang, "/en/returns/customs/1", 200, "Approve and sign")
	b.post(wang, "/en/returns/customs/1/approve", url.Values{}, 200, "It counts from now on", "Person wang (wang)", b.s.returns.All()[0].Prepared.Hash)
	if got := b.figure("customs.cases_filed@320000/2020", 0); got != "362" {
		t.Errorf("the approved return gives %s", got)
	}

	// A correction is a revision: without a reason there is none, with one it is the next.
	b.post(wang, "/en/returns/customs", customs("2020", "360", "3231"), 422, `<a href="#return-reason">`)
	b.post(wang, "/en/returns/customs", customs("2020", "360", "3231", "reason", "two cases of 2021"), 200, "What it changes against revision 1", "two cases of 2021", "362", "360", "−2")
	b.post(wang, "/en/returns/customs/2/withdraw", url.Values{"reason": {""}}, 422, `<a href="#withdraw-reason">`)
	b.post(wang, "/en/returns/customs/2/withdraw", url.Values{"reason": {"one of them was of 2020"}}, 200, "taken back", "one of them was of 2020")
	b.post(wang, "/en/returns/customs", customs("2020", "361", "3231", "reason", "one case of 2021"), 200, "revision 3", "362", "361", "−1")
	if got := b.figure("customs.cases_filed@320000/2020", 0); got != "362" {
		t.Errorf("a revision counts that nobody approved: %s", got)
	}
	b.post(li, "/en/returns/customs/3/approve", url.Values{}, 200, "It counts from now on")
	b.get(li, "/en/returns/customs/1", 200, "362", "Revision 3")

	// The growth of the next year, as of each approval.
	b.post(li, "/en/returns/customs", customs("2021", "722", "3231"), 422, `<a href="#cell-1-reason">`, "It changed by 100.0 % against 361")
	b.post(li, "/en/returns/customs", customs("2021", "722", "3231", "reason:customs.cases_filed@320000", "a campaign"), 200, "a campaign")
	b.post(wang, "/en/returns/customs/4/approve", url.Values{}, 200)
	for approval, want := range map[int64][2]string{1: {"362", "absent input"}, 2: {"361", "absent input"}, 3: {"361", "100.00"}, 0: {"361", "100.00"}} {
		for i := range 2 { // asked again it is the same
			if got := b.figure("customs.cases_filed@320000/2020", approval); got != want[0] {
				t.Errorf("%d: as of approval %d cases are %s, want %s", i, approval, got, want[0])
			}
			if got := b.figure("customs.cases_filed@320000/2021#growth", approval); got != want[1] {
				t.Errorf("%d: as of approval %d growth is %s, want %s", i, approval, got, want[1])
			}
		}
	}
}

// TestAFileIsHandedInOnPages: the template of a form, filled in, is a return; what is
// wrong with a file is told with row and column.
func TestAFileIsHandedInOnPages(t *testing.T) {
	b := openBureau(t)
	li := b.person("li", "Customs", "member")
	resp, err := li.Get(b.base + "/en/returns/customs/template.csv?period=2020")
	if err != nil {
		t.Fatal(err)
	}
	template, err := io.ReadAll(resp.Body)
	resp.Body.Close()
	if err != nil || resp.StatusCode != 200 || !strings.Contains(resp.Header.Get("Content-Disposition"), "customs-2020.csv") {
		t.Fatalf("%d, %v, %v", resp.StatusCode, resp.Header, err)
	}
	lines := strings.Split(strings.TrimSpace(string(template)), "\n")
	values := []string{"362", "2900000", "8230000", "3231", "34", "14", "20"}
	for i, v := range values {
		lines[i+1] = regexp.MustCompile(`,,,,$`).ReplaceAllString(strings.TrimSpace(lines[i+1]), ","+v+",,,")
	}
	send := func(c *http.Client, name, content string) *http.Response {
		t.Helper()
		var body bytes.Buffer
		w := multipart.NewWriter(&body)
		if err := w.WriteField("period", "2020"); err != nil {
			t.Fatal(err)
		}
		if name != "" {
			part, err := w.CreateFormFile("file", name)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := io.WriteString(part, content); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		resp, err := c.Post(b.base+"/en/returns/customs/file", w.FormDataContentType(), &body)
		if err != nil {
			t.Fatal(err)
		}
		return resp
	}
	wantPage(t, send(li, "", ""), nil, 422, "Choose a file", `<a href="#return-file-file">`)
	wantPage(t, send(li, "r.csv", strings.Replace(strings.Join(lines, "\n"), ",362,", ",many,", 1)), nil, 422, "Row 2, column value", "“many” is no number")
	wantPage(t, send(li, "r.xlsx", "no workbook"), nil, 422, "cannot be read")
	wantPage(t, send(li, "r.csv", strings.Join(lines, "\n")), nil, 200, "signed as prepared", "3,231")
	resp, err = li.Get(b.base + "/zh/returns/customs/template.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if head := make([]byte, 2); resp.StatusCode != 200 {
		t.Errorf("the workbook: %d", resp.StatusCode)
	} else if _, err := io.ReadFull(resp.Body, head); err != nil || string(head) != "PK" {
		t.Errorf("the workbook begins with %q, %v", head, err)
	}
}

// TestABodySeesItsOwnReturns: on pages and by the API, staff of a body see, hand in and
// sign what their body reports; those of the office see all; strangers nothing.
func TestABodySeesItsOwnReturns(t *testing.T) {
	b := openBureau(t)
	li, police, nobody := b.person("li", "Customs", "member"), b.person("zhou", "Public security department", "member"), b.person("qian", "Tea board", "member")
	analyst, clerk := b.person("sun", "Sample office", "analyst"), b.person("wu", "Sample office", "clerk")
	b.post(li, "/en/returns/customs", customs("2020", "362", "3231"), 200)

	own, others := "/en/returns/customs/1", []*http.Client{police, nobody}
	b.get(police, "/en/returns", 200, `/en/returns/police"`)
	b.get(nobody, "/en/returns", 200, "No form is for the body that you act for, “Tea board”")
	for _, c := range others {
		b.get(c, own, 404)
		b.get(c, "/en/returns/customs", 403, "is for another body")
		b.get(c, "/en/returns/customs/template.csv", 403)
		b.post(c, "/en/returns/customs", customs("2021", "1", "1"), 403)
		b.post(c, own+"/approve", url.Values{}, 404)
		b.post(c, own+"/withdraw", url.Values{"reason": {"x"}}, 404)
		var list v1.Returns
		if status := sendJSON(t, c, "GET", b.base+v1.Prefix+"/returns", nil, &list); status != 200 || len(list.Returns) != 0 {
			t.Errorf("another body lists %d returns: %d", len(list.Returns), status)
		}
		var one v1.ReturnDetail
		for _, call := range []struct {
			method, path string
			body         any
			want         int
		}{
			{"GET", "/returns/1", nil, 404},
			{"POST", "/returns/1/approve", v1.SignReturn{}, 404},
			{"POST", "/returns/1/withdraw", v1.SignReturn{Reason: "x"}, 404},
			{"GET", "/return-forms/customs/template", nil, 403},
			{"POST", "/return-forms/customs/returns", v1.SubmitReturn{Period: "2021", Format: "values"}, 403},
		} {
			if status := sendJSON(t, c, call.method, b.base+v1.Prefix+call.path, call.body, &one); status != call.want {
				t.Errorf("another body gets %d of %s %s, want %d", status, call.method, call.path, call.want)
			}
		}
	}
	var forms v1.ReturnForms
	if sendJSON(t, police, "GET", b.base+v1.Prefix+"/return-forms", nil, &forms); len(forms.Forms) != 1 || forms.Forms[0].ID != "police" {
		t.Errorf("the police lists the forms %v", forms.Forms)
	}
	if sendJSON(t, analyst, "GET", b.base+v1.Prefix+"/return-forms", nil, &forms); len(forms.Forms) != len(b.s.returns.Forms()) {
		t.Errorf("the office lists %d forms", len(forms.Forms))
	}
	b.get(analyst, own, 200, "362", "Approve and sign")
	b.get(clerk, own, 403)

	stranger := &http.Client{Transport: &http.Transport{}}
	t.Cleanup(stranger.CloseIdleConnections)
	b.get(stranger, own, 200, "Sign in")
	for _, path := range []string{"/returns", "/returns/1", "/return-forms"} {
		if status := sendJSON(t, stranger, "GET", b.base+v1.Prefix+path, nil, nil); status != 403 && status != 401 {
			t.Errorf("a stranger gets %d of %s", status, path)
		}
	}

	// Of an approved return strangers learn the number and the hash, not who signed.
	if _, err := b.s.returns.Approve(t.Context(), 1, "Person sun (sun)"); err != nil {
		t.Fatal(err)
	}
	const figure = "/figure?indicator=customs.cases_filed&period=2020"
	var f v1.Figure
	if status := sendJSON(t, stranger, "GET", b.base+v1.Prefix+figure, nil, &f); status != 200 || f.Value != "362" || f.Signed == nil || len(f.Signed.Hash) != 64 || f.Signed.PreparedBy+f.Signed.ApprovedBy != "" {
		t.Errorf("a stranger gets %d, %q signed %+v", status, f.Value, f.Signed)
	}
	if sendJSON(t, li, "GET", b.base+v1.Prefix+figure, nil, &f); f.Signed.ApprovedBy != "Person sun (sun)" {
		t.Errorf("the body learns of %+v", f.Signed)
	}

	// Numbers may be sent without a file.
	typed := v1.SubmitReturn{Period: "2020", Format: "values", Reason: "again", Values: []v1.TypedNumber{{Figure: "customs.cases_filed@320000", Value: "x"}}}
	if status := sendJSON(t, li, "POST", b.base+v1.Prefix+"/return-forms/customs/returns", typed, nil); status != 400 && status != 422 {
		t.Errorf("a number that is none: %d", status)
	}
	if id := b.s.returns.All()[0].ID; strconv.FormatInt(id, 10) != "1" {
		t.Errorf("the return is %d", id)
	}
}
