package sample

import (
	"fmt"
	"io"
	"math/rand/v2"
	"path/filepath"

	"onewindow/internal/date"
)

// How many marks and products are made that do not count, and how many ordinary marks.
const (
	notYet   = 12
	over     = 8
	ordinary = 600
)

// indications returns the part of geographical indications: a table of products, and one
// of marks, ordinary ones among them. Both are as of the end of the year.
func (w *world) indications() Part {
	n := ordinary + 2*(notYet+over)
	for _, k := range w.Marks {
		n += k
	}
	for _, k := range w.Products {
		n += k
	}
	return Part{Name: "indications", Records: n, Write: func(dir string) ([]string, error) {
		rng := w.draws(2)
		var paths []string
		for _, f := range []struct {
			name  string
			write func(*rand.Rand, io.Writer) error
		}{{"indications", w.writeProducts}, {"marks", w.writeMarks}} {
			path := filepath.Join(dir, fmt.Sprintf("edition-%s-%s_%d1231.csv", w.region, f.name, w.Year))
			if err := writeFile(path, func(out io.Writer) error { return f.write(rng, out) }); err != nil {
				return nil, err
			}
			paths = append(paths, path)
		}
		return paths, nil
	}}
}

// origin is a product of a county, drawn once.
type origin struct {
	Place
	product
}

func (o origin) name() string {
	return o.City[:len(o.City)-len("市")] + o.County + Mark + o.Name
}

// origins draws different products of a city's counties: as many as are asked for, and
// some more for every k that is asked for in addition.
func (w *world) origins(rng *rand.Rand, city string, n int) []origin {
	t := w.cities[city]
	var all []origin
	for _, p := range t.places {
		for _, x := range w.Produce {
			for range x.Weight {
				all = append(all, origin{p, x})
			}
		}
	}
	shuffle(rng, all)
	seen := map[string]bool{}
	var out []origin
	for _, o := range all {
		if name := o.name(); !seen[name] && len(out) < n {
			seen[name] = true
			out = append(out, o)
		}
	}
	return out
}

// dealt returns an origin of each right that counts, and of some that do not.
func (w *world) dealt(rng *rand.Rand, counts map[string]int) (in, out []origin, err error) {
	for _, city := range w.codes {
		n := counts[city]
		all := w.origins(rng, city, n+3)
		if len(all) < n+3 {
			return nil, nil, fmt.Errorf("sample: %s has not so many products", city)
		}
		in, out = append(in, all[:n]...), append(out, all[n:]...)
	}
	shuffle(rng, in)
	shuffle(rng, out)
	return in, out[:notYet+over], nil
}

func (w *world) writeProducts(rng *rand.Rand, out io.Writer) error {
	in, others, err := w.dealt(rng, w.Products)
	if err != nil {
		return err
	}
	t := newTable(out, "产品名称", "公告号", "公告日期", "受理日期", "申请人", "保护范围", "所在地区", "产品类别", "法律状态")
	row := func(o origin, k int, filed, published date.Date, status string) {
		t.row(o.name(), fmt.Sprintf("%s公告%d年第%d号", Mark, published.Year(), 900+k), published.String(), filed.String(),
			o.City+Mark+"特产协会", o.Province+o.City+o.County+"现辖行政区域", o.Province+o.City+o.County, o.Class, status)
	}
	for i, o := range in {
		filed := date.Of(2002+i*17/len(in), 1+rng.IntN(12), 1+rng.IntN(28))
		row(o, i, filed, filed.AddDays(200+rng.IntN(150)), "保护中")
	}
	for i, o := range others {
		filed := date.Of(2006+rng.IntN(8), 1+rng.IntN(12), 1+rng.IntN(28))
		if i < over {
			row(o, 1000+i, filed, filed.AddDays(300), "撤销")
		} else { // recognised when the year was over
			row(o, 1000+i, date.Of(w.Year, 2+rng.IntN(9), 1+rng.IntN(28)), date.Of(w.Year+1, 2+rng.IntN(4), 1+rng.IntN(28)), "受理")
		}
	}
	return t.flush()
}

func (w *world) writeMarks(rng *rand.Rand, out io.Writer) error {
	in, others, err := w.dealt(rng, w.Marks)
	if err != nil {
		return err
	}
	t := newTable(out, "注册号", "商标名称", "商标类型", "国际分类", "商品/服务", "申请人名称（中文）", "申请人地址（中文）", "申请日期", "初审公告日期", "注册公告日期", "专用权期限止", "商标状态")
	number := 90_000_000
	mark := func(name, sort, class, goods, holder, address string, filed, approved, registered date.Date, status string) {
		number++
		ends := ""
		day := func(d date.Date) string {
			if d == 0 {
				return ""
			}
			return d.String()
		}
		if registered != 0 {
			end := registered.AddMonths(120).AddDays(-1)
			for end < date.Of(w.Year, 12, 31) && status == "已注册" { // renewed
				end = end.AddDays(1).AddMonths(120).AddDays(-1)
			}
			ends = end.String()
		}
		t.row(fmt.Sprint(number), name, sort, class, goods, holder, address, day(filed), day(approved), day(registered), ends, status)
	}
	indication := func(o origin, registered date.Date, status string) {
		approved := registered.AddMonths(-3).AddDays(-1)
		filed := approved.AddDays(-250 - rng.IntN(150))
		end := date.Of(w.Year, 12, 31)
		if registered > end {
			registered = 0
		}
		if approved > end {
			approved = 0
		}
		sort := "地理标志证明商标"
		if rng.IntN(5) == 0 {
			sort = "地理标志集体商标"
		}
		name := o.City + o.County + Mark + o.Name + "协会"
		mark(o.name(), sort, o.Nice, o.Goods, name, o.Postcode+o.Province+o.City+o.County+w.street(name, 0), filed, approved, registered, status)
	}
	someDay := func(year int) date.Date { return date.Of(year, 1+rng.IntN(12), pick(rng, []int{7, 14, 21, 28})) }
	for i, o := range in {
		year := w.Year
		if i >= w.NewMarks {
			year = w.Year - 1 - (i-w.NewMarks)*15/len(in)
		}
		indication(o, someDay(year), "已注册")
	}
	for i, o := range others {
		if i < over {
			indication(o, someDay(w.Year-7), "已注销")
		} else {
			indication(o, date.Of(w.Year+1, 1+rng.IntN(5), 7), "初审公告")
		}
	}
	for range ordinary {
		t2 := w.cities[pick(rng, w.codes)]
		h := w.holder(rng, t2, t2.all(nil), enterprise)
		registered := someDay(w.Year - rng.IntN(9))
		filed := registered.AddDays(-330 - rng.IntN(90))
		p := w.Produce[rng.IntN(len(w.Produce))]
		mark(pick(rng, w.Makers)+Mark, "一般", p.Nice, p.Goods, h.Name(), h.Postcode+h.Address, filed, registered.AddMonths(-3).AddDays(-1), registered, "已注册")
	}
	return t.flush()
}
