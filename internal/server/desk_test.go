package server

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"onewindow/internal/api/v1"
	"onewindow/internal/folder"
	"onewindow/internal/ierr"
	"onewindow/internal/register"
	"onewindow/internal/source"
)

// deskFile is a gazette with a conflict, postcodes that contradict their addresses
// and a row that cannot be read.
const deskFile = `item,name,authorization_notice_id,authorized_announcement_date,filing_id,filing_date,patentee,designer,address,Int.Cl.
1,样例夹具,CN109000001B,2019.07.09,2.0193E+12,2018.01.02,样例新能源,李样,224007江苏省苏州市样例路1号,H01M10/00(2006.01)I
2,样例隔膜,CN109000002B,2019.07.09,2.0193E+12,2018.01.03,样例新能源,李样,224007江苏省苏州市样例路1号,H01M10/00(2006.01)I
3,甲样例,CN109000003B,2019.07.09,2.0193E+12,2018.01.04,样例电池有限公司,李样,210000江苏省南京市玄武区样例街2号,H01M10/00(2006.01)I
4,乙样例,CN109000003B,2019.07.09,2.0193E+12,2018.01.04,样例电池有限公司,李样,210000江苏省南京市玄武区样例街2号,H01M10/00(2006.01)I
合计,4
`

// openDesk serves a folder into which deskFile was loaded.
func openDesk(t *testing.T) (*Server, string) {
	t.Helper()
	s, _ := open(t, config(filepath.Join(t.TempDir(), "data"), folder.Real))
	path := filepath.Join(t.TempDir(), "granted.csv")
	if err := os.WriteFile(path, []byte(deskFile), 0o600); err != nil {
		t.Fatal(err)
	}
	found, err := source.Find(t.Context(), []string{path}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.register.Load(t.Context(), register.LoadSpec{Feed: register.Files{Found: found}, By: "test"}, nil); err != nil {
		t.Fatal(err)
	}
	if err := s.Ready(t.Context()); err != nil {
		t.Fatal(err)
	}
	net := httptest.NewServer(s.handler)
	t.Cleanup(net.Close)
	return s, net.URL
}

// wantPage holds an answer to a status and to texts that it has.
func wantPage(t *testing.T, resp *http.Response, err error, status int, texts ...string) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	if resp.StatusCode != status {
		t.Errorf("%s answers %d, want %d", resp.Request.URL, resp.StatusCode, status)
	}
	for _, text := range texts {
		if !strings.Contains(string(body), text) {
			t.Errorf("%s lacks %q", resp.Request.URL, text)
		}
	}
}

func TestTheDeskIsReadAndDecidedOnPages(t *testing.T) {
	s, base := openDesk(t)
	clerk, analyst := signIn(t, s, base, "li", "clerk"), signIn(t, s, base, "wu", "analyst")
	for lang, texts := range map[string][]string{
		"en": {"Sources disagree", "Where is 样例新能源?", "The postcode belongs to another city", "2 like cases are open", "To be corrected at the source", "Nothing was decided."},
		"zh": {"来源冲突", "样例新能源在何地？", "邮政编码属于其他城市", "同类待定 2 件", "由来源更正", "尚无处理记录。"},
	} {
		root := base + "/" + lang + "/desk"
		for path, text := range map[string]string{
			"": texts[0], "/list/region": texts[1], "/case?case=region:1": texts[3], "/case?case=reject:1:5": texts[4], "/decisions": texts[5],
		} {
			resp, err := clerk.Get(root + path)
			wantPage(t, resp, err, 200, text)
		}
	}
	resp, err := clerk.Get(base + "/en/desk")
	wantPage(t, resp, err, 200, `href="/en/desk/list/region?load=1"`, `href="/en/desk/list/region?source=cnipa-gazette-csv"`)
	for path, status := range map[string]int{"/list/nothing": 422, "/case?case=region:99": 404, "/case?case=x": 422, "/case": 422, "/list/region?load=x": 404} {
		resp, err := clerk.Get(base + "/en/desk" + path)
		wantPage(t, resp, err, status)
	}

	form := url.Values{"case": {"region:1"}, "choice": {"3"}, "value": {"320100"}, "like": {"yes"}, "reason": {"moved"}, "offered": {offered(t, clerk, base)}}
	resp, err = analyst.PostForm(base+"/en/desk/case", form)
	wantPage(t, resp, err, 403)
	resp, err = analyst.Get(base + "/en/desk/case?case=region:1")
	wantPage(t, resp, err, 200, "Your role may read the desk but not decide.")
	resp, err = clerk.PostForm(base+"/en/desk/case", url.Values{"case": {"region:1"}, "choice": {"9"}})
	wantPage(t, resp, err, 422, "Fill in: Reason.")
	resp, err = clerk.PostForm(base+"/en/desk/case", url.Values{"case": {"region:1"}, "choice": {"3"}, "value": {"110000"}, "reason": {"moved"}, "offered": form["offered"]})
	wantPage(t, resp, err, 422, "There is no class “110000”", `value="110000"`)
	resp, err = clerk.PostForm(base+"/en/desk/case", form)
	wantPage(t, resp, err, 200, "Decided as no. 1: Assign. Cases: 2.")

	// Whoever still has the page of before decides nothing by the numbers that stand on it.
	resp, err = clerk.PostForm(base+"/en/desk/case", form)
	wantPage(t, resp, err, 422, "Meanwhile this case was decided", `value="`+offered(t, clerk, base)+`"`)
	form.Del("offered")
	resp, err = clerk.PostForm(base+"/en/desk/case", form)
	wantPage(t, resp, err, 422)

	var made v1.QualityDecisions
	if status := sendJSON(t, clerk, http.MethodGet, base+v1.Prefix+"/quality/decisions", nil, &made); status != 200 || made.Total != 1 || made.Decisions[0].Author != "Person clerk (li)" {
		t.Errorf("the decision is %+v", made)
	}
	var r v1.Record
	if sendJSON(t, clerk, http.MethodGet, base+v1.Prefix+"/records/2", nil, &r); r.Region.Code != "320100" || r.Region.Decision != "1" {
		t.Errorf("the like right is in %+v", r.Region)
	}
	resp, err = clerk.Get(base + "/en/records/2")
	wantPage(t, resp, err, 200, `<p class="what">Doubt decided</p>`)
	resp, err = clerk.Get(base + "/zh/desk/case?case=region:2")
	wantPage(t, resp, err, 200, "已处理，编号 1")
	resp, err = clerk.PostForm(base+"/en/desk/decisions/1/undo", url.Values{"reason": {""}})
	wantPage(t, resp, err, 422, "Fill in: Reason.")
	resp, err = clerk.PostForm(base+"/en/desk/decisions/1/undo", url.Values{"reason": {"mistaken"}})
	wantPage(t, resp, err, 200, "Decision 1 is taken back.")
	if sendJSON(t, clerk, http.MethodGet, base+v1.Prefix+"/records/2", nil, &r); r.Region.Code != "320500" {
		t.Errorf("the like right is in %+v", r.Region)
	}
	var sum v1.QualitySummary
	stranger := sendJSON(t, http.DefaultClient, http.MethodGet, base+v1.Prefix+"/quality", nil, &sum)
	if stranger != 401 && stranger != 403 {
		t.Errorf("a stranger reads the desk: %d", stranger)
	}
}

// TestOfficersAssignTheSameEverywhere: what the desk takes as a class a correction of a
// single right takes too, and nothing else.
func TestOfficersAssignTheSameEverywhere(t *testing.T) {
	s, _ := openDesk(t)
	owner := clientOf(s)
	defer owner.Close()
	for class, want := range map[string]bool{
		"region ELSEWHERE": true, "region 320500": true, "region UNKNOWN": false, "region DISPUTED": false, "region 110000": false,
		"holder-type university": true, "holder-type unclassified": false, "holder-type disputed": false,
		"field 35": true, "field 36": false, "field 0": false, "field none": false, "field +3": false, "field 3,5": false,
	} {
		field, value, _ := strings.Cut(class, " ")
		_, err := owner.SetOverride(t.Context(), "2", v1.SetOverride{Field: field, Value: value, Reason: "test", Author: "test"})
		if (err == nil) != want || err != nil && ierr.As(err).Code != "api.class" {
			t.Errorf("%s: %v", class, err)
		}
		if field != "field" && s.assignable(field, value) != want {
			t.Errorf("the desk takes %s otherwise", class)
		}
	}
	if _, err := owner.SetOverride(t.Context(), "2", v1.SetOverride{Field: "region", Value: "ELSEWHERE", Reason: "test", Author: "test"}); err != nil {
		t.Fatal(err)
	}
	found, err := owner.Search(t.Context(), v1.SearchParams{Query: "region=elsewhere"})
	if err != nil || found.Total != 1 || found.Hits[0].Record != 2 {
		t.Errorf("%+v, %v", found, err)
	}
}

// offered returns what the page of the first case says that it offers.
func offered(t *testing.T, c *http.Client, base string) string {
	t.Helper()
	resp, err := c.Get(base + "/en/desk/case?case=region:1")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	m := regexp.MustCompile(`name="offered" value="([0-9a-f]+)"`).FindSubmatch(body)
	if err != nil || m == nil {
		t.Fatalf("the page offers nothing: %v", err)
	}
	return string(m[1])
}
