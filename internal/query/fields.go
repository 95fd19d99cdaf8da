package query

import (
	"regexp"
	"strings"
)

// RightFields returns the fields by which rights are found, in the order in which
// they are listed to readers. Their names are those of Espacenet and CQL where
// there are such. The caller supplies Normalize of the numbers and Resolve of the
// listed fields.
func RightFields() []Field {
	field := func(name string, kind Type, en, zh string) Field {
		return Field{
			Name: name, Type: kind, Label: "query.field." + name,
			Aliases: map[string][]string{"en": strings.Fields(en), "zh": strings.Fields(zh)},
		}
	}
	fields := []Field{
		field("ti", Text, "title", "标题 名称 发明名称 题名"),
		field("ab", Text, "abstract", "摘要"),
		field("ta", Text, "title-abstract tiab", "标题摘要 名称摘要"),
		field("pa", Name, "applicant owner", "申请人 专利权人"),
		field("holder", Listed, "party", "权利人 主体"),
		field("in", Name, "inventor designer", "发明人 设计人"),
		field("pn", Number, "publication-number publication", "公开号 公告号 公开公告号"),
		field("ap", Number, "application-number application", "申请号 专利号"),
		field("pd", Date, "publication-date published", "公开日 公告日 公开公告日"),
		field("fd", Date, "filing-date filed", "申请日"),
		field("ipc", Class, "ic", "分类号 国际分类 主分类号"),
		field("fam", Number, "family", "同族 专利族"),
		field("ct", Number, "cited citation", "引证 引用文献 引证文献"),
		field("rn", Number, "registration-number registration", "注册号 登记号 证书号"),
		field("gs", Text, "goods services", "商品 服务 商品服务"),
		field("nice", Class, "nice-class", "尼斯分类 商品类别"),
		field("loc", Class, "locarno", "洛迦诺分类 外观分类"),
		field("cpc", Class, "", "联合专利分类"),
		field("region", Listed, "place", "地区 区域 地域"),
		field("holder-type", Listed, "holdertype", "权利主体 主体类型 权利人类型 申请人类型"),
		field("field", Listed, "technology technology-field", "技术领域 领域"),
		field("kind", Listed, "type", "类型 专利类型 种类"),
	}
	for i := range fields {
		switch f := &fields[i]; f.Name {
		case "pn", "ap", "pd":
			f.Guess = true
		case "ipc":
			f.Guess, f.Normalize, f.Narrower, f.Examples = true, NormalizeIPC, aboveGroups, "H, H01, H01M, H01M10, H01M10/05"
		case "holder":
			f.Open = true
		case "cpc":
			f.Normalize, f.Narrower, f.Examples = NormalizeCPC, aboveGroups, "Y, Y02, Y02E, Y02E60, Y02E60/10"
		case "nice":
			f.Normalize, f.Examples = NormalizeNice, "09, 35"
		case "loc":
			f.Normalize, f.Narrower, f.Examples = NormalizeLocarno, func(s string) bool { return len(s) == 2 }, "09, 09-03"
		}
	}
	return fields
}

// ipcSymbol is a section, class, subclass, main group or subgroup.
var ipcSymbol = regexp.MustCompile(`^[A-H](?:\d\d(?:[A-Z](?:0*([1-9]\d{0,3})(/\d{2,6})?)?)?)?$`)

// cpcSymbol is the same of the CPC.
var cpcSymbol = regexp.MustCompile(`^[A-HY](?:\d\d(?:[A-Z](?:0*([1-9]\d{0,3})(/\d{2,6})?)?)?)?$`)

// aboveGroups tells whether symbols can lie below one of the IPC or CPC: a group
// with a slash is named whole.
func aboveGroups(symbol string) bool { return !strings.Contains(symbol, "/") }

// NormalizeIPC writes a symbol of the International Patent Classification at any
// level as the IPC guide does, without the blank: H, H01, H01M, H01M10, H01M10/05.
// Blanks, small letters, leading zeros of the main group and a version in
// brackets behind the symbol are accepted.
func NormalizeIPC(value string) (string, bool) { return symbolOf(value, ipcSymbol) }

// NormalizeCPC does the same for the Cooperative Patent Classification, which has
// a section Y besides.
func NormalizeCPC(value string) (string, bool) { return symbolOf(value, cpcSymbol) }

func symbolOf(value string, form *regexp.Regexp) (string, bool) {
	value, _, _ = strings.Cut(value, "(")
	symbol := upper(strings.Map(func(r rune) rune {
		if r = fold(r); r == ' ' {
			return -1
		}
		return r
	}, value))
	m := form.FindStringSubmatchIndex(symbol)
	if m == nil {
		return "", false
	}
	if m[2] > 0 {
		symbol = symbol[:4] + symbol[m[2]:]
	}
	return symbol, true
}

var (
	niceClass    = regexp.MustCompile(`^(?:0?[1-9]|[1-3]\d|4[0-5])$`)
	locarnoClass = regexp.MustCompile(`^(\d{1,2})(?:-(\d{1,2}))?$`)
)

// NormalizeNice writes a class of the Nice Classification with two digits.
func NormalizeNice(value string) (string, bool) {
	value = strings.TrimSpace(foldAll([]rune(value)))
	if !niceClass.MatchString(value) {
		return "", false
	}
	return twoDigits(value), true
}

// NormalizeLocarno writes a class of the Locarno Classification, or one with its
// subclass, with two digits each: 09, 09-03.
func NormalizeLocarno(value string) (string, bool) {
	m := locarnoClass.FindStringSubmatch(strings.TrimSpace(foldAll([]rune(value))))
	if m == nil {
		return "", false
	}
	if m[2] == "" {
		return twoDigits(m[1]), true
	}
	return twoDigits(m[1]) + "-" + twoDigits(m[2]), true
}

func twoDigits(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}
