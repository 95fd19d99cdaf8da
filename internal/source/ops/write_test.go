package ops

import (
	"fmt"
	"strings"
)

// answerOf writes an answer around its parts, with the prefixes that the
// service's answers have.
func answerOf(parts ...string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><?xml-stylesheet type="text/xsl" href="/3.2/style/exchange.xsl"?>` +
		`<ops:world-patent-data xmlns="http://www.epo.org/exchange" xmlns:ops="http://ops.epo.org"><ops:meta name="elapsed-time" value="3"/>` +
		strings.Join(parts, "\n") + `</ops:world-patent-data>`
}

// ref writes a reference: "EP 9000001 A1 20200101" in docdb's form, with a
// number in another form behind an equals sign: "... epodoc=EP9000001".
func ref(element, number string) string {
	var docdb, others strings.Builder
	names := []string{"country", "doc-number", "kind", "date"}
	for i, word := range strings.Fields(number) {
		if form, n, ok := strings.Cut(word, "="); ok {
			fmt.Fprintf(&others, `<document-id document-id-type="%s"><doc-number>%s</doc-number></document-id>`, form, n)
			continue
		}
		fmt.Fprintf(&docdb, `<%[1]s>%[2]s</%[1]s>`, names[i], word)
	}
	if docdb.Len() > 0 {
		return fmt.Sprintf(`<%s><document-id document-id-type="docdb">%s</document-id>%s</%s>`, element, &docdb, &others, strings.Fields(element)[0])
	}
	return fmt.Sprintf(`<%s>%s</%s>`, element, &others, strings.Fields(element)[0])
}

// member writes a member of a family.
func member(family, published, applied string, more ...string) string {
	s := `<ops:family-member family-id="` + family + `">` + ref("publication-reference", published)
	if applied != "" {
		s += ref("application-reference", applied)
	}
	return s + strings.Join(more, "") + `</ops:family-member>`
}

// event writes a legal event; details are "L525EP Effective DATE: 20200101".
func legalEvent(code, desc, day string, details ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<ops:legal code="%-4s" desc="%s" infl="+"><ops:pre line="00001">again</ops:pre><ops:L001EP desc="Country Code">EP</ops:L001EP><ops:L003EP desc="Document Number">  17000001</ops:L003EP>`, code, desc)
	fmt.Fprintf(&b, `<ops:L007EP desc="Gazette DATE">%s</ops:L007EP><ops:L008EP desc="Legal Event Code 1">%s</ops:L008EP><ops:L018EP desc="DATE last exchanged">0001-01-01</ops:L018EP><ops:L500EP>`, day, code)
	for _, d := range details {
		name, rest, _ := strings.Cut(d, " ")
		label, value, _ := strings.Cut(rest, ": ")
		data := ""
		if label, data, _ = strings.Cut(label, "|"); data != "" {
			data = ` descData="` + data + `"`
		}
		fmt.Fprintf(&b, `<ops:%s desc="%s"%s>%s</ops:%s>`, name, label, data, value, name)
	}
	return b.String() + `</ops:L500EP></ops:legal>`
}

// registerAnswer writes an answer of the register with its own prefixes.
func registerAnswer(query string, entries ...string) string {
	return `<ns2:world-patent-data xmlns:ns2="http://ops.epo.org" xmlns:ns3="http://www.epo.org/register"><ns2:register-search total-result-count="1"><ns2:query syntax="CQL">` +
		query + `</ns2:query><ns2:range begin="1" end="1"/><ns3:register-documents produced-by="RO">` + strings.Join(entries, "") +
		`</ns3:register-documents></ns2:register-search></ns2:world-patent-data>`
}

// registerEntry writes an entry of the register from elements without prefixes.
func registerEntry(attrs, body string) string {
	body = strings.ReplaceAll(body, "</", "\x00")
	body = strings.ReplaceAll(body, "<", "<ns3:")
	return `<ns3:register-document ` + attrs + `>` + strings.ReplaceAll(body, "\x00", "</ns3:") + `</ns3:register-document>`
}
