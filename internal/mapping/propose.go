package mapping

import (
	"archive/zip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"onewindow/internal/ierr"
	"onewindow/internal/number"
	"onewindow/internal/record"
	"onewindow/internal/source/tabular"
	"onewindow/internal/source/workbook"
)

// sampleBytes is how much of a table a proposal rests on.
const sampleBytes = 64 << 10

// Propose writes a mapping for a table that is of none yet, as YAML: what it says of
// each column is followed by how sure that is and why. Columns of which nothing can
// be said stand as remarks. What Propose writes is a mapping without faults.
func (l *Library) Propose(path string, say Say) ([]byte, error) {
	sample, sheet, err := readSample(path)
	if err != nil {
		return nil, err
	}
	p := &proposal{set: l.set, say: say, sample: sample}
	p.base = p.nearest()
	p.columns()
	p.settleNumber()
	if p.key() == nil {
		return nil, ierr.New(ierr.Invalid, "mapping.no-number", ierr.Args{"path": path})
	}
	text := p.write(filepath.Base(path), sheet)
	if _, err := l.Parse("proposal", text); err != nil {
		return nil, err
	}
	return text, nil
}

// readSample reads the beginning of a table, of a workbook the first sheet that
// holds one.
func readSample(path string) (s tabular.Sample, sheet string, err error) {
	unknown := ierr.New(ierr.Invalid, "mapping.no-table", ierr.Args{"path": path})
	f, err := os.Open(path)
	if err != nil {
		return s, "", ierr.Wrap(err, ierr.NotFound, "source.path_missing", ierr.Args{"path": path})
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || info.IsDir() {
		return s, "", ierr.Wrap(err, ierr.Invalid, "mapping.no-table", ierr.Args{"path": path})
	}
	if archive, err := zip.NewReader(f, info.Size()); err == nil && workbook.Is(archive) {
		return sheetSample(f, info.Size(), unknown)
	}
	head := make([]byte, sampleBytes)
	n, err := io.ReadFull(f, head)
	if err != nil && n == 0 {
		return s, "", unknown
	}
	if s, ok := tabular.ReadSample(head[:n]); ok {
		return s, "", nil
	}
	return s, "", unknown
}

func sheetSample(at io.ReaderAt, size int64, unknown error) (tabular.Sample, string, error) {
	book, err := workbook.Open(at, size, "")
	if err != nil {
		return tabular.Sample{}, "", ierr.Wrap(err, ierr.Invalid, "mapping.workbook", ierr.Args{"reason": err.Error()})
	}
	defer book.Close()
	for _, sheet := range book.Sheets() {
		text, err := book.Text(sheet)
		if err != nil {
			continue
		}
		head := make([]byte, sampleBytes)
		n, _ := io.ReadFull(text, head) // what could be read is enough
		text.Close()
		if s, ok := tabular.ReadSample(head[:n]); ok && len(s.Rows) > 0 {
			return s, sheet, nil
		}
	}
	return tabular.Sample{}, "", unknown
}

// sure is how sure a guess is.
type sure int

const (
	unknown sure = iota
	guessed      // by what the head or the values look like
	likely       // by the values, or by a head that other mappings know
	certain      // by head and values together
)

// guess is what a column probably is.
type guess struct {
	head    string
	fields  []string
	form    string // of numbers
	split   string
	order   string          // of days
	ready   *tabular.Column // whose definition it takes over
	sure    sure
	why     string
	samples []string
}

type proposal struct {
	set     *tabular.Set
	say     Say
	sample  tabular.Sample
	base    *tabular.Mapping
	guesses []guess
}

// nearest returns the ready mapping that knows most of the heads, nil where none
// knows two.
func (p *proposal) nearest() *tabular.Mapping {
	var best *tabular.Mapping
	most := 1
	for _, m := range p.set.Mappings {
		n := 0
		for _, head := range p.sample.Heads {
			if readyColumn(m, head) != nil {
				n++
			}
		}
		if n > most {
			best, most = m, n
		}
	}
	return best
}

func readyColumn(m *tabular.Mapping, head string) *tabular.Column {
	if m == nil || head == "" {
		return nil
	}
	for _, c := range m.Columns {
		if c.HasHead(head) {
			return c
		}
	}
	return nil
}

// columns guesses every column, by its head and by its values.
func (p *proposal) columns() {
	for i, head := range p.sample.Heads {
		g := guess{head: head, samples: p.sample.Column(i)}
		if head != "" {
			p.byHead(&g)
			p.byValues(&g)
		}
		p.guesses = append(p.guesses, g)
	}
}

// byHead takes a column over from the nearest mapping, else from any that knows the
// head and means something that is the same in all registers.
func (p *proposal) byHead(g *guess) {
	if c := readyColumn(p.base, g.head); c != nil {
		g.ready, g.fields, g.sure = c, c.Fields(), likely
		g.why = p.say.T("mapping.why.head", ierr.Args{"mapping": p.base.ID})
		return
	}
	for _, m := range p.set.Mappings {
		if m.Notice != (p.base != nil && p.base.Notice) {
			continue
		}
		if c := readyColumn(m, g.head); c != nil {
			g.ready, g.fields, g.sure = c, c.Fields(), guessed
			g.why = p.say.T("mapping.why.head", ierr.Args{"mapping": m.ID})
			return
		}
	}
}

// byValues looks at the values: they make a guess surer, or make one.
func (p *proposal) byValues(g *guess) {
	n := len(g.samples)
	if n == 0 {
		return
	}
	if g.ready != nil && g.ready.IsDate || g.ready == nil {
		if days, order := daysIn(g.samples); days*10 >= n*9 {
			g.order = order
			p.day(g, days)
			return
		}
	}
	form, fits := p.form(g)
	switch {
	case form == nil:
	case form.Personal:
		*g = guess{head: g.head, why: p.say.T("mapping.why.personal", nil)}
	case g.ready != nil && slices.Contains(g.ready.Forms, form.ID):
		g.sure = certain
		g.why = p.say.T("mapping.why.both", ierr.Args{"form": form.ID, "n": fits, "of": n})
	case g.ready == nil && fieldsOf[form.ID] != nil:
		g.fields, g.form, g.sure = fieldsOf[form.ID], form.ID, likely
		g.why = p.say.T("mapping.why.values", ierr.Args{"form": form.ID, "n": fits, "of": n})
	}
	if g.ready == nil && len(g.fields) == 0 {
		p.byWords(g)
	}
}

// daysIn counts the values that are days, in the order that reads most of them.
func daysIn(values []string) (n int, order string) {
	for _, v := range values {
		if tabular.IsDay(v) && !bareSerial.MatchString(v) {
			n++
		}
	}
	if n == 0 {
		if order = tabular.DayOrder(values); order != "" {
			n = len(values)
		}
	}
	return n, order
}

// bareSerial are digits alone that may be a spreadsheet's day, or any number.
var bareSerial = regexp.MustCompile(`^\d{5}(\.\d+)?$`)

// day says which day a column of days is.
func (p *proposal) day(g *guess, days int) {
	args := ierr.Args{"n": days, "of": len(g.samples)}
	if g.ready != nil {
		g.sure, g.why = certain, p.say.T("mapping.why.days-known", args)
		return
	}
	g.sure, g.why = guessed, p.say.T("mapping.why.days", args)
	for _, w := range dayWords {
		if strings.Contains(strings.ToLower(g.head), w.word) {
			g.fields = []string{w.field}
			return
		}
	}
	g.sure = unknown
}

// form returns the likeliest form of the values and how many have it: nine in ten
// at least.
func (p *proposal) form(g *guess) (*number.Form, int) {
	fits := map[*number.Form]int{}
	first := map[*number.Form]int{}
	for _, v := range g.samples {
		for i, c := range p.set.Forms().Identify(v) {
			if c.Check == number.Wrong {
				continue
			}
			fits[c.Form]++
			if i == 0 {
				first[c.Form]++
			}
		}
	}
	var best *number.Form
	for _, f := range p.set.Forms().Forms() {
		if fits[f]*10 < len(g.samples)*9 {
			continue
		}
		wanted := g.ready != nil && slices.Contains(g.ready.Forms, f.ID)
		if best == nil || wanted || first[f] > first[best] && !(g.ready != nil && slices.Contains(g.ready.Forms, best.ID)) {
			best = f
		}
	}
	return best, fits[best]
}

// fieldsOf is what a column of numbers of a form probably is where its head tells
// nothing. Forms that much else looks like are not here.
var fieldsOf = map[string][]string{
	"cn_patent_application_2003": {"application"}, "cn_patent_application_1989": {"application"}, "cn_patent_no": {"application"},
	"cn_patent_publication": {"number"}, "pct_application": {"filing.pct_application"}, "pct_publication": {"filing.pct_publication"},
	"agi": {"number"}, "work_registration": {"number"}, "software_registration": {"number"}, "plant_variety_agri": {"number"},
	"layout_design": {"number"}, "uscc": {"holder.ident"}, "ipc": {"class.ipc"}, "locarno": {"class.locarno"},
}

// dayWords and headWords are words in heads that tell what a column is, the more
// telling ones first.
var dayWords = []struct{ word, field string }{
	{"申请", "filed"}, {"filing", "filed"}, {"到期", "day.expires"}, {"届满", "day.expires"}, {"截止", "day.expires"},
	{"expir", "day.expires"}, {"授权", "day.registered"}, {"注册", "day.registered"}, {"登记", "day.registered"},
	{"regist", "day.registered"}, {"公告", "published"}, {"公布", "published"}, {"publi", "published"},
	{"完成", "day.created"}, {"发表", "day.first_published"}, {"发证", "day.issued"}, {"issue", "day.issued"},
}

var headWords = []struct{ word, field, split string }{
	{"地址", "holder.address", ""}, {"住所", "holder.address", ""}, {"address", "holder.address", ""},
	{"开发者", "holder", ";；"}, {"单位", "holder", ";；"}, {"企业", "holder", ";；"}, {"权利人", "holder", ";；"}, {"申请人", "holder", ";；"}, {"持有人", "holder", ";；"}, {"著作权人", "holder", ";；"},
	{"owner", "holder", ";"}, {"applicant", "holder", ";"}, {"holder", "holder", ";"},
	{"代理机构", "agency", ""}, {"agency", "agency", ""}, {"发明人", "inventor", ";；"}, {"作者", "author", ";；"},
	{"名称", "title", ""}, {"软件名", "title", ""}, {"作品名", "title", ""}, {"品种名", "title", ""}, {"题名", "title", ""}, {"title", "title", ""}, {"name", "title", ""}, {"状态", "status.text", ""}, {"status", "status.text", ""},
}

// bodies are the endings of the names of firms and other bodies.
var bodies = regexp.MustCompile(`(公司|集团|大学|学院|研究院|研究所|厂|合作社|协会|医院|中心|Ltd\.?|Inc\.?|GmbH|LLC)$`)

// byWords guesses a column by the names in it, or by a word in its head.
func (p *proposal) byWords(g *guess) {
	n := 0
	for _, v := range g.samples {
		if bodies.MatchString(v) {
			n++
		}
	}
	if n*10 >= len(g.samples)*8 && !strings.Contains(g.head, "代理") && p.free("holder") {
		g.fields, g.split, g.sure = []string{"holder"}, ";；", guessed
		g.why = p.say.T("mapping.why.bodies", ierr.Args{"n": n, "of": len(g.samples)})
		return
	}
	for _, w := range headWords {
		if strings.Contains(strings.ToLower(g.head), w.word) {
			g.fields, g.split, g.sure = []string{w.field}, w.split, guessed
			g.why = p.say.T("mapping.why.word", ierr.Args{"word": w.word})
			return
		}
	}
}

// free tells whether no column feeds a field yet.
func (p *proposal) free(field string) bool {
	for i := range p.guesses {
		if slices.Contains(p.guesses[i].fields, field) {
			return false
		}
	}
	return true
}

// key returns the column that names the right, nil if none does.
func (p *proposal) key() *guess {
	for i := range p.guesses {
		for _, f := range p.guesses[i].fields {
			if f == "number" || f == "right" || f == "application" {
				return &p.guesses[i]
			}
		}
	}
	return nil
}

// settleNumber takes the column that is called a number and holds other values in
// every row for the one that names the right, where nothing better is found.
func (p *proposal) settleNumber() {
	if p.key() != nil {
		return
	}
	for i := range p.guesses {
		g := &p.guesses[i]
		head := strings.ToLower(g.head)
		named := strings.Contains(g.head, "号") || strings.Contains(head, "no") || strings.Contains(head, "number") || strings.Contains(head, "id")
		if distinct := slices.Compact(slices.Sorted(slices.Values(g.samples))); named && g.ready == nil && len(distinct) == len(g.samples) && len(distinct) > 0 {
			g.fields, g.sure, g.why = []string{"number"}, guessed, p.say.T("mapping.why.distinct", nil)
			return
		}
	}
}

// kind returns the kind of right that a table without a nearest mapping is of, by
// the form of its numbers.
func (p *proposal) kind() record.Kind {
	if p.base != nil {
		return p.base.Kind
	}
	switch p.key().form {
	case "work_registration":
		return record.Work
	case "software_registration":
		return record.Software
	case "plant_variety_agri":
		return record.PlantVariety
	case "layout_design":
		return record.Layout
	case "agi":
		return record.Indication
	case "cn_patent_application_2003", "cn_patent_application_1989", "cn_patent_no", "cn_patent_publication":
		return ""
	}
	return record.Trademark
}

// write writes the proposal as YAML.
func (p *proposal) write(file, sheet string) []byte {
	var b strings.Builder
	remark := func(indent, text string) {
		for line := range strings.Lines(text) {
			b.WriteString(indent + "# " + strings.TrimRight(line, "\n") + "\n")
		}
	}
	q := strconv.Quote
	remark("", p.say.T("mapping.new.head", ierr.Args{"file": file, "sheet": sheet, "rows": len(p.sample.Rows)}))
	if p.base != nil {
		remark("", p.say.T("mapping.new.base", ierr.Args{"id": p.base.ID, "name": p.base.Name(p.say.Lang())}))
	}
	id := "my-table"
	fmt.Fprintf(&b, "id: %s\nnames: {en: %s, zh: %s}\n", id, q(file), q(file))
	if kind := p.kind(); kind != "" {
		fmt.Fprintf(&b, "kind: %s\n", kind)
	}
	office, rank := "CN", 5
	if p.base != nil {
		office, rank = p.base.Office, p.base.Rank
		if p.base.Notice {
			b.WriteString("notice: true\n")
		}
		if p.base.Event != "" {
			fmt.Fprintf(&b, "event: %s\n", p.base.Event)
		}
	}
	fmt.Fprintf(&b, "office: %s\nrank: %d\n", office, rank)
	var ids []string
	for i := range p.guesses {
		if len(p.guesses[i].fields) > 0 {
			ids = append(ids, columnID(i))
		}
	}
	fmt.Fprintf(&b, "recognise: [%s]\ncolumns:\n", strings.Join(ids, ", "))
	for i := range p.guesses {
		p.column(&b, i, remark)
	}
	return []byte(b.String())
}

func columnID(i int) string { return "c" + strconv.Itoa(i+1) }

func (p *proposal) column(b *strings.Builder, i int, remark func(indent, text string)) {
	g := &p.guesses[i]
	q := strconv.Quote
	if g.head == "" {
		return
	}
	if len(g.fields) == 0 {
		remark("  ", p.say.T("mapping.new.unread", ierr.Args{"head": strconv.Quote(g.head), "why": g.why}))
		return
	}
	remark("  ", p.say.T("mapping.sure."+[]string{"unknown", "guessed", "likely", "certain"}[g.sure], nil)+": "+g.why)
	fmt.Fprintf(b, "  - id: %s\n    heads: {zh: [%s]}\n    field: [%s]\n", columnID(i), q(g.head), strings.Join(g.fields, ", "))
	if g == p.key() {
		b.WriteString("    required: true\n")
	}
	if g.order != "" {
		fmt.Fprintf(b, "    dates: %s\n", g.order)
	}
	if c := g.ready; c != nil {
		c.WriteYAML(b, "    ")
		return
	}
	if g.form != "" {
		fmt.Fprintf(b, "    forms: %s\n", g.form)
	}
	if g.split != "" {
		fmt.Fprintf(b, "    split: %s\n", q(g.split))
	}
}
