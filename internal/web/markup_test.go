package web_test

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// everyPage are paths, without their language, that together show every
// template in every state.
var everyPage = []string{
	"/", "/search", "/search?q=battery", "/search?q=battery&unit=publication&sort=date", "/search?page=2", "/search?q=zeppelin", "/search?q=titel%3Dx", "/search?q=(x",
	"/figures", "/figures?word=zeppelin", "/figures/lamps.lit", "/figures/lamps.lit?period=2019", "/figures/lamps.lit?state=7&part.colour=red",
	"/compare", "/compare?r=donggang", "/explore", "/explore?q=titel%3Dx", "/explore?by=&unit=publication",
	"/records/1", "/records/1?on=2020-01-01&known=load%3A3", "/records/2", "/records/3", "/loads", "/loads/1", "/loads/4", "/loads/5", "/help/query", "/mappings", "/reconcile", "/reconcile/1", "/reconcile/1/cell?cell=donggang/invention&rule=any_holder", "/nothing", "/advanced", "/advanced?q=ti%3Dpump", "/advanced?q=(x", "/parties", "/parties?name=zeppelin", "/parties/P00AAAAAAAAAA", "/search?page=x", "/sign-in", "/sign-in?return=%2Fen%2Floads",
}

// TestMarkup holds every page to what browsers and screen readers rely on.
func TestMarkup(t *testing.T) {
	h, register := newHandler(t)
	register.behind = 1
	for _, lang := range []string{"en", "zh"} {
		for _, path := range everyPage {
			body := get(h, "/"+lang+path).Body.String()
			if err := balanced(body); err != nil {
				t.Errorf("/%s%s: %v", lang, path, err)
			}
			root, err := html.Parse(strings.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			c := &markup{ids: map[string]bool{}, labels: map[string]bool{}, count: map[string]int{}}
			c.collect(root)
			c.check(root, lang)
			for _, fault := range c.faults {
				t.Errorf("/%s%s: %s", lang, path, fault)
			}
		}
	}
}

// markup gathers what a page holds and what is wrong with it.
type markup struct {
	ids, labels map[string]bool
	count       map[string]int
	faults      []string
}

func (c *markup) fault(format string, args ...any) {
	c.faults = append(c.faults, fmt.Sprintf(format, args...))
}

// collect gathers ids and labels.
func (c *markup) collect(n *html.Node) {
	if n.Type == html.ElementNode {
		c.count[n.Data]++
		if id := attr(n, "id"); id != "" {
			if c.ids[id] {
				c.fault("the id %q stands twice", id)
			}
			c.ids[id] = true
		}
		if n.Data == "label" {
			c.labels[attr(n, "for")] = true
		}
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		c.collect(child)
	}
}

// check looks at each element.
func (c *markup) check(n *html.Node, lang string) {
	if n.Type == html.DocumentNode {
		for tag, want := range map[string]int{"h1": 1, "main": 1, "title": 1, "header": 1, "footer": 1} {
			if c.count[tag] != want {
				c.fault("%d elements %s", c.count[tag], tag)
			}
		}
	}
	if n.Type == html.ElementNode {
		c.element(n, lang)
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		c.check(child, lang)
	}
}

func (c *markup) element(n *html.Node, lang string) {
	for _, a := range n.Attr {
		if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
			c.fault("the policy forbids the attribute %s of %s", a.Key, n.Data)
		}
		switch a.Key {
		case "aria-labelledby", "aria-describedby", "for":
			for _, id := range strings.Fields(a.Val) {
				if !c.ids[id] {
					c.fault("%s=%q of %s leads nowhere", a.Key, id, n.Data)
				}
			}
		case "href":
			if inner, ok := strings.CutPrefix(a.Val, "#"); ok && !c.ids[inner] {
				c.fault("the link to #%s leads nowhere", inner)
			}
			if strings.HasPrefix(strings.ToLower(a.Val), "javascript") {
				c.fault("a link runs a script: %s", a.Val)
			}
		}
	}
	switch n.Data {
	case "html":
		if attr(n, "lang") != lang {
			c.fault("the page says its language is %q", attr(n, "lang"))
		}
	case "input", "textarea", "select":
		if attr(n, "type") != "hidden" && !c.labels[attr(n, "id")] {
			c.fault("the input %q has no label", attr(n, "name"))
		}
	case "style":
		c.fault("the policy forbids style elements")
	case "script":
		if attr(n, "src") == "" {
			c.fault("the policy forbids scripts in the page")
		}
	case "table":
		if !within(n, "caption") {
			c.fault("a table has no caption")
		}
	case "th":
		if attr(n, "scope") == "" {
			c.fault("a head of a table has no scope")
		}
	case "a", "button", "summary", "h1", "h2", "h3":
		if strings.TrimSpace(words(n)) == "" && attr(n, "aria-label") == "" {
			c.fault("an element %s says nothing", n.Data)
		}
	case "nav":
		if attr(n, "aria-label") == "" {
			c.fault("a navigation has no name")
		}
	}
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func within(n *html.Node, tag string) bool {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && d.Data == tag {
			return true
		}
	}
	return false
}

func words(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

// void are the elements that have no end.
var void = map[string]bool{"meta": true, "link": true, "input": true, "br": true, "img": true, "path": true, "rect": true}

// balanced tells whether every element that begins also ends, in order.
func balanced(page string) error {
	z := html.NewTokenizer(strings.NewReader(page))
	var open []string
	for {
		switch z.Next() {
		case html.ErrorToken:
			if len(open) > 0 {
				return fmt.Errorf("<%s> never ends", open[len(open)-1])
			}
			return nil
		case html.StartTagToken:
			if name, _ := z.TagName(); !void[string(name)] {
				open = append(open, string(name))
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			if len(open) == 0 || open[len(open)-1] != string(name) {
				return fmt.Errorf("</%s> ends what is not open, within %v", name, open)
			}
			open = open[:len(open)-1]
		}
	}
}

// TestWhatSourcesWriteStaysText tries to smuggle markup in through every value.
func TestWhatSourcesWriteStaysText(t *testing.T) {
	h, _ := newHandler(t)
	evil := "%22%3E%3Cscript%3Ealert(1)%3C/script%3E"
	for _, path := range []string{
		"/en/records/2", "/zh/records/2", "/en/search?q=pump", "/en/loads/4", "/en/sources", "/zh/sources/gazette", "/en/search?q=" + evil, "/en/search?q=titel%3D" + evil,
		"/en/records/2?known=" + evil, "/en/n/" + evil, "/en/" + evil, "/en/search?sort=" + evil,
	} {
		w := get(h, path)
		body := w.Body.String()
		if strings.Count(body, "<script") != 1 || strings.Contains(body, "<img") {
			t.Errorf("%s lets markup in", path)
		}
		if err := balanced(body); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
	body := get(h, "/en/records/2").Body.String()
	if !strings.Contains(body, `<h1>Pump &lt;script&gt;alert(&#34;1&#34;)&lt;/script&gt; &amp; valve</h1>`) {
		t.Error("the title does not stand as it is written")
	}
}
