package xmlrec

import (
	"encoding/xml"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"onewindow/internal/source/entry"
)

// plain are records that the quick way reads, others are ones that it leaves to
// encoding/xml.
var (
	plain = []string{
		`<doc/>`, `<doc></doc>`, `<a:doc xmlns:a="urn:x" b='1"2' c=""/>`, "<doc >\n <a  x=\"1\"\n\ty=\"2\" />字<b>词</b>\t</doc >",
		`<doc t="&#x9;&#10;&#34;">&#65;&#x4e2d;&#x10FFFF;]]&gt;</doc>`, `<doc>a &lt;b&gt; &amp;amp; &quot;&apos;</doc>`, `<doc t="&lt;&amp;"/>`, `<doc> <![CDATA[<b>&x;]] ]]><![CDATA[]]>c</doc>`,
		`<doc><p>one<i>two</i> <i>three</i></p><p/></doc>`, `<_d-1.x:y-2/>`, `<doc>]] > ></doc>`, `<doc a=">"/>`,
	}
	others = []string{
		``, ` <doc/>`, `<doc/> `, `<doc/><doc/>`, `<doc>`, `<doc></dog>`, `text`, `<doc a=1/>`, `<doc a/>`, `<doc a="1"b="2"/>`, `<doc a = "1"/>`,
		`<doc>&nbsp;</doc>`, `<doc>&#13;</doc>`, `<doc>&#0;</doc>`, `<doc>&#xFFFE;</doc>`, `<doc>&#xD800;</doc>`, `<doc>&#x110000;</doc>`, `<doc>&#+65;</doc>`, `<doc>&#;</doc>`, `<doc>&#65</doc>`, `<doc>&unknown;</doc>`, `<doc>&amp</doc>`, `<doc>& </doc>`, `<doc>]]></doc>`, "<doc>\r\n</doc>", "<doc>\x01</doc>",
		"<doc>\xff</doc>", "<doc>\uFFFE</doc>", `<doc><!-- c --></doc>`, `<doc><?pi?></doc>`, `<!DOCTYPE doc><doc/>`, `<文/>`, `<a:b:c/>`, `<:a/>`, `<1/>`,
		`<doc a="<"/>`, `<doc><![CDATA[x</doc>`, `<doc><a></doc></a>`, `<doc a="1" b="2" c="3" d="4"/>`, `</doc>`, `<doc></doc></doc>`, `<doc/`, `<`, `<doc a="`, `<doc a="]]>"/>`,
	}
)

// bothWays builds a tree in both ways; quick is nil where the quick way leaves the
// record to the thorough one.
func bothWays(data []byte) (quick, thorough *Node) {
	limits := entry.Limits{XMLDepth: 5, Attributes: 3}.Or(entry.DefaultLimits())
	b := newBuilder(Bulk{"p": ""}, []found{{n: 3, contents: true}}, limits)
	if b.quick(data) {
		quick = b.top.Children[0]
	}
	b = newBuilder(Bulk{"p": ""}, []found{{n: 3, contents: true}}, limits)
	if b.thorough(data, xml.HTMLEntity) == nil {
		thorough = b.top.Children[0]
	}
	return quick, thorough
}

func TestBothWaysGiveTheSameTree(t *testing.T) {
	for _, in := range plain {
		quick, thorough := bothWays([]byte(in))
		if quick == nil || thorough == nil {
			t.Errorf("%s: quick %v, thorough %v", in, quick != nil, thorough != nil)
		}
		if d := cmp.Diff(thorough, quick, cmp.AllowUnexported(Node{}, attr{})); d != "" {
			t.Errorf("%s (-thorough +quick):\n%s", in, d)
		}
	}
	for _, in := range others {
		if quick, _ := bothWays([]byte(in)); quick != nil {
			t.Errorf("%s is read quickly: %+v", in, quick)
		}
	}
}

func FuzzBothWays(f *testing.F) {
	for _, in := range append(plain, others...) {
		f.Add([]byte(in))
		f.Add([]byte("<doc>" + strings.Repeat(in, 3) + "</doc>"))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		quick, thorough := bothWays(data)
		if quick == nil {
			return
		}
		if d := cmp.Diff(thorough, quick, cmp.AllowUnexported(Node{}, attr{})); d != "" {
			t.Errorf("%q (-thorough +quick):\n%s", data, d)
		}
	})
}
