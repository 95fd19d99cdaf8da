package chart

import (
	"strings"

	"onewindow/internal/decimal"
)

// english and chinese are locales for tests.
var (
	english = Locale{
		Lang: "en", Number: grouped, Percent: percent,
		Sample: "SAMPLE DATA", Absent: "no data",
		Areas:   func(n int) string { return decimal.Of(int64(n)).String() + " areas" },
		Borders: "Boundaries are for illustration only.", NoMap: "There are no outlines of this region, so there is no map.",
		Apart: "; ", List: func(s []string) string { return strings.Join(s, ", ") },
		Joined: func(a, b string) string { return a + ": " + b },
	}
	chinese = Locale{
		Lang: "zh", Number: grouped, Percent: percent,
		Sample: "示例数据", Absent: "无数据",
		Areas:   func(n int) string { return decimal.Of(int64(n)).String() + " 个地区" },
		Borders: "地图边界仅供示意。", NoMap: "没有该地区的边界数据，无法绘制地图。",
		Apart: "；", List: func(s []string) string { return strings.Join(s, "、") },
		Joined: func(a, b string) string { return a + "：" + b },
	}
)

// grouped writes a number with commas between thousands.
func grouped(n decimal.Number, places int) string {
	whole, rest, _ := strings.Cut(n.Text(places), ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "−", whole[1:]
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if rest != "" {
		rest = "." + rest
	}
	return sign + whole + rest
}

// percent writes a share as per cent.
func percent(n decimal.Number, places int) string {
	return grouped(n.Mul(decimal.Of(100)), places) + "%"
}

// v returns a value written as text; "" is absent.
func v(s string) Value {
	if s == "" {
		return Value{}
	}
	return Number(decimal.Must(s))
}

// cities are the cities of a province with their codes and the patents per 10,000
// people that the white paper of 2020 prints.
var cities = []struct{ code, en, zh, rate string }{
	{"320100", "Nanjing", "南京", "82.86"}, {"320200", "Wuxi", "无锡", "49.18"}, {"320300", "Xuzhou", "徐州", "19.33"},
	{"320400", "Changzhou", "常州", "40.67"}, {"320500", "Suzhou", "苏州", "68.85"}, {"320600", "Nantong", "南通", "36.84"},
	{"320700", "Lianyungang", "连云港", "8.68"}, {"320800", "Huai'an", "淮安", "6.93"}, {"320900", "Yancheng", "盐城", "14.37"},
	{"321000", "Yangzhou", "扬州", "18.55"}, {"321100", "Zhenjiang", "镇江", "41.70"}, {"321200", "Taizhou", "泰州", "21.14"},
	{"321300", "Suqian", "宿迁", "4.46"},
}
