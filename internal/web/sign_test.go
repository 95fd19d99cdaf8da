package web_test

import (
	"strings"
	"testing"

	"onewindow/internal/record"
	"onewindow/internal/web"
)

func TestTheWordsOfAMarkStandOnACard(t *testing.T) {
	h, register := newHandler(t)
	register.rights[2].Sign = &web.Sign{Words: []record.Text{text("zh", "样例星"), text("en", "INVENTED <STAR>")}, Whole: true}
	want := []string{`<figure class="sign">`, "INVENTED &lt;STAR&gt;", "in ordinary letters"}
	for _, s := range want {
		if w := get(h, "/en/records/3"); !strings.Contains(w.Body.String(), s) {
			t.Errorf("the page lacks %q", s)
		}
	}
	register.rights[2].Sign.Whole = false
	if w := get(h, "/zh/records/3"); !strings.Contains(w.Body.String(), "商标图样不在已装入的文件中") {
		t.Error("the page does not say that the picture is missing")
	}
}
