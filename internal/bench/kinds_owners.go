package bench

import (
	"math/rand/v2"
	"strconv"
	"strings"

	"onewindow/internal/record"
)

// owners is how many bodies and persons hold rights; every fifth is a person.
const owners = 180_000

// owner is a body or a person that holds rights of several kinds, under several
// spellings of its name.
type owner struct {
	person    bool
	foreign   bool
	name      string
	spellings []string // of the name, in use beside it
	english   string
	former    string // "" where it was always called so
	code      string // unified social credit code, "" for persons and foreigners
	addresses []string
	postcode  string
}

var (
	surnames = []rune("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕")
	given    = []rune("伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建文辉力波宇浩鹏飞雪梅琳晨阳")
	trades   = []string{"科技", "电子", "机械", "新材料", "生物", "环保", "文化传媒", "食品", "纺织", "智能装备"}
	roads    = []string{"科技路", "人民路", "中山路", "工业园路", "长江路", "太湖大道", "创新街", "学府路"}
)

// owner makes the i-th owner, the one with most rights first.
func (c *Corpus) owner(i int) owner {
	rng := c.draws(drawOwner, i)
	at := c.place(rng)
	o := owner{postcode: at.Postcode}
	for range 1 + rng.IntN(3) {
		o.addresses = append(o.addresses, at.Province+at.City+at.County+roads[rng.IntN(len(roads))]+strconv.Itoa(1+rng.IntN(300))+"号")
	}
	if i%5 == 4 {
		o.person = true
		o.name = string(surnames[rng.IntN(len(surnames))]) + string(given[rng.IntN(len(given))])
		if rng.IntN(3) > 0 {
			o.name += string(given[rng.IntN(len(given))])
		}
		return o
	}
	sign := c.han[500+i%100_000] + trades[i/7%len(trades)]
	if i >= 100_000 {
		sign = c.han[500+i%1000] + sign
	}
	o.english = c.latin[2000+i%200_000] + " " + c.latin[5000+i/3%200_000]
	switch k := rng.IntN(100); {
	case k < 9:
		o.foreign, o.name = true, o.english+" Co., Ltd."
		o.addresses, o.postcode = []string{"美国加利福尼亚州" + strconv.Itoa(1+i) + "街"}, ""
		o.spellings = []string{strings.ToUpper(o.english) + " COMPANY LIMITED"}
		return o
	case k < 78:
		c.company(rng, &o, at.Province, at.City, sign, i)
	case k < 83:
		o.name, o.english = sign+"大学", o.english+" University"
	case k < 88:
		o.name, o.english = sign+"研究所", o.english+" Research Institute"
	case k < 92:
		o.name, o.english = at.City+sign+"医院", o.english+" Hospital"
	case k < 94:
		o.name, o.english = at.City+at.County+sign+"协会", o.english+" Association"
	default:
		o.name, o.english = at.City+sign+"农民专业合作社", o.english+" Cooperative"
	}
	o.code = creditCode(at.Postcode, i)
	return o
}

// company names a company: its place is written in several ways, its legal form
// has several, and every sixth had another name before.
func (c *Corpus) company(rng *rand.Rand, o *owner, province, city, sign string, i int) {
	kind := []string{"有限公司", "有限公司", "有限公司", "股份有限公司", "有限责任公司"}[rng.IntN(5)]
	o.name, o.english = city+sign+kind, o.english+" Co., Ltd."
	o.spellings = []string{strings.TrimSuffix(city, "市") + sign + kind}
	if rng.IntN(3) == 0 {
		o.spellings = append(o.spellings, province+city+sign+kind)
	}
	if rng.IntN(6) == 0 {
		o.former = city + c.han[900+i*7%100_000] + trades[i%len(trades)] + "厂"
	}
}

// creditCode makes a unified social credit code, with the check digit of GB
// 32100-2015, annex A.
func creditCode(postcode string, i int) string {
	const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	n := "91" + (postcode + "320000")[:6] + strconv.Itoa(100_000_000+i)
	sum, weight := 0, 1
	for k := range len(n) {
		sum += strings.IndexByte(alphabet, n[k]) * weight
		weight = weight * 3 % 31
	}
	return n + string(alphabet[(31-sum%31)%31])
}

// holder returns which owner holds the i-th document first.
func (c *Corpus) holder(i int) int { return c.kinds.owners.draw(c.draws(drawHolder, i)) }

// stated words an owner as one source does. Names in English stand alone where
// english is true, else beside the Chinese one now and then.
func (o *owner) stated(rng *rand.Rand, role record.Role, english bool) record.Party {
	p := record.Party{Role: role, Address: o.addresses[rng.IntN(len(o.addresses))], Postcode: o.postcode, Country: "CN"}
	name, lang := o.name, "zh"
	switch k := rng.IntN(100); {
	case len(o.spellings) > 0 && k >= 80:
		name = o.spellings[k%len(o.spellings)]
	case o.former != "" && k >= 65 && !english:
		name = o.former
	}
	if o.foreign {
		p.Country, lang = "US", "en"
	}
	p.Names = []record.Text{{Lang: lang, Text: name}}
	if o.english != "" && !o.foreign && (english || rng.IntN(8) == 0) {
		p.Names = append(p.Names, record.Text{Lang: "en", Text: o.english})
		if english && rng.IntN(2) == 0 {
			p.Names = p.Names[1:]
		}
	}
	if o.code != "" && rng.IntN(3) == 0 {
		p.Ident = o.code
	}
	return p
}

// held adds the holders of the i-th document: the one that holder names and, now
// and then, others.
func (c *Corpus) held(rng *rand.Rand, d *record.Document, i int, role record.Role, english bool) {
	o := c.owner(c.holder(i))
	d.Parties = append(d.Parties, o.stated(rng, role, english))
	for k := 0; k < 2 && rng.IntN(8) == 0; k++ {
		o = c.owner(c.kinds.owners.draw(rng))
		d.Parties = append(d.Parties, o.stated(rng, role, english))
	}
}

// naming is rights that name holders, each under another name.
type naming struct {
	c    *Corpus
	list []struct{ owner, spelling int }
}

// named returns rights that name n holders under as many distinct names, those of
// persons distinct by their addresses.
func (c *Corpus) named(n int) naming {
	out := naming{c: c}
	seen := make(map[string]bool, n)
	for i := 0; len(seen) < n && i < owners; i++ {
		o := c.owner(i)
		for k, name := range o.names() {
			if o.person {
				name += o.addresses[0]
			}
			if len(seen) < n && !seen[name] {
				seen[name] = true
				out.list = append(out.list, struct{ owner, spelling int }{i, k})
			}
		}
	}
	return out
}

// names lists all names of an owner.
func (o *owner) names() []string {
	out := append([]string{o.name}, o.spellings...)
	for _, s := range []string{o.former, o.english} {
		if s != "" && s != o.name {
			out = append(out, s)
		}
	}
	return out
}

// document makes the i-th right. An English name stands beside the Chinese one.
func (n naming) document(i int64) *record.Document {
	o := n.c.owner(n.list[i].owner)
	name := o.names()[n.list[i].spelling]
	d := n.c.registered(n.c.draws(drawEvent, int(i)), record.Trademark, strconv.Itoa(30_000_000+int(i)), 10)
	p := record.Party{Role: record.Holder, Names: []record.Text{{Lang: "zh", Text: name}}, Address: o.addresses[0], Postcode: o.postcode, Country: "CN"}
	if name == o.english {
		p.Names = []record.Text{{Lang: "zh", Text: o.name}, {Lang: "en", Text: name}}
	}
	if name == o.former || i%3 == 0 {
		p.Ident = o.code
	}
	d.Parties = []record.Party{p}
	return d
}
