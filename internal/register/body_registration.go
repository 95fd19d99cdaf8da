package register

import "onewindow/internal/record"

// putRegistration appends what registers of rights other than patents state.
func putRegistration(b []byte, d *record.Document) []byte {
	if d.Notice {
		b = putInt(b, tagNotice, 1)
	}
	if s := d.Status; s != nil {
		start := len(b)
		b = putText(b, 1, s.Code)
		b = putText(b, 2, s.Text)
		b = putInt(b, 3, uint64(uint32(s.Date)))
		b = wrap(b, start, tagStatus)
	}
	for _, y := range d.Days {
		start := len(b)
		b = putText(b, 1, y.Name)
		b = putInt(b, 2, uint64(uint32(y.Date)))
		b = wrap(b, start, tagDay)
	}
	if d.Mark != nil {
		b = putMark(b, d.Mark)
	}
	for i := range d.Goods {
		g := &d.Goods[i]
		start := len(b)
		b = putText(b, 1, g.Class)
		for _, s := range g.Groups {
			b = wrapText(b, 2, s)
		}
		b = putTexts(b, 3, g.Texts)
		b = putInt(b, 4, uint64(uint32(g.Since)))
		b = putText(b, 5, g.Status)
		b = wrap(b, start, tagGoods)
	}
	for i := range d.Images {
		p := &d.Images[i]
		start := len(b)
		b = putText(b, 1, p.Use)
		b = putText(b, 2, p.Name)
		b = putText(b, 3, p.Format)
		b = putText(b, 4, p.Text)
		b = wrap(b, start, tagImage)
	}
	return putFacts(b, tagFact, d.Facts)
}

func putMark(b []byte, m *record.Mark) []byte {
	start := len(b)
	b = putText(b, 1, m.Form)
	b = putTexts(b, 2, m.Words)
	b = putTexts(b, 3, m.Description)
	b = putTexts(b, 4, m.Disclaimer)
	b = putText(b, 5, m.Colours)
	for _, t := range m.Types {
		b = wrapText(b, 6, t)
	}
	return wrap(b, start, tagMark)
}

func putFacts(b []byte, tag byte, facts []record.Fact) []byte {
	for i := range facts {
		f := &facts[i]
		start := len(b)
		b = putText(b, 1, f.Name)
		b = putText(b, 2, f.Lang)
		b = putText(b, 3, f.Text)
		b = wrap(b, start, tag)
	}
	return b
}

// registration reads a field that putRegistration wrote.
func (r *fields) registration(d *record.Document) {
	switch r.tag {
	case tagNotice:
		d.Notice = r.int() == 1
		r.bad = r.bad || !d.Notice
	case tagStatus:
		s := r.status()
		d.Status = &s
	case tagDay:
		d.Days = append(d.Days, r.namedDay())
	case tagMark:
		m := r.mark()
		d.Mark = &m
	case tagGoods:
		d.Goods = append(d.Goods, r.goods())
	case tagImage:
		d.Images = append(d.Images, r.image())
	case tagFact:
		d.Facts = append(d.Facts, r.fact())
	default:
		r.bad = true
	}
}

func (r *fields) status() (s record.Status) {
	in := fields{rest: r.value}
	for in.next() {
		switch in.tag {
		case 1:
			s.Code = in.text()
		case 2:
			s.Text = in.text()
		case 3:
			s.Date = in.day()
		default:
			in.bad = true
		}
	}
	r.bad = r.bad || in.bad
	return s
}

func (r *fields) namedDay() (d record.Day) {
	in := fields{rest: r.value}
	for in.next() {
		switch in.tag {
		case 1:
			d.Name = in.text()
		case 2:
			d.Date = in.day()
		default:
			in.bad = true
		}
	}
	r.bad = r.bad || in.bad
	return d
}

func (r *fields) mark() (m record.Mark) {
	in := fields{rest: r.value}
	for in.next() {
		switch in.tag {
		case 1:
			m.Form = in.text()
		case 2:
			m.Words = append(m.Words, in.named())
		case 3:
			m.Description = append(m.Description, in.named())
		case 4:
			m.Disclaimer = append(m.Disclaimer, in.named())
		case 5:
			m.Colours = in.text()
		case 6:
			m.Types = append(m.Types, in.value)
		default:
			in.bad = true
		}
	}
	r.bad = r.bad || in.bad
	return m
}

func (r *fields) goods() (g record.Goods) {
	in := fields{rest: r.value}
	for in.next() {
		switch in.tag {
		case 1:
			g.Class = in.text()
		case 2:
			g.Groups = append(g.Groups, in.value)
		case 3:
			g.Texts = append(g.Texts, in.named())
		case 4:
			g.Since = in.day()
		case 5:
			g.Status = in.text()
		default:
			in.bad = true
		}
	}
	r.bad = r.bad || in.bad
	return g
}

func (r *fields) image() (p record.Image) {
	in := fields{rest: r.value}
	for in.next() {
		switch in.tag {
		case 1:
			p.Use = in.text()
		case 2:
			p.Name = in.text()
		case 3:
			p.Format = in.text()
		case 4:
			p.Text = in.text()
		default:
			in.bad = true
		}
	}
	r.bad = r.bad || in.bad
	return p
}

func (r *fields) fact() (f record.Fact) {
	in := fields{rest: r.value}
	for in.next() {
		switch in.tag {
		case 1:
			f.Name = in.text()
		case 2:
			f.Lang = in.text()
		case 3:
			f.Text = in.text()
		default:
			in.bad = true
		}
	}
	r.bad = r.bad || in.bad
	return f
}
