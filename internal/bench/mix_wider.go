package bench

import "fmt"

// WiderMix returns questions about rights of every kind, beside the forty.
func (c *Corpus) WiderMix(cities []string) []Question {
	var out []Question
	add := func(name string, ask func(k int) string) {
		q := Question{Number: len(out) + 1, Name: name}
		for k := range Draws + warmDraws {
			q.Queries = append(q.Queries, ask(k))
		}
		out = append(out, q)
	}
	add("nice", func(k int) string { return fmt.Sprintf("nice=%02d", 1+k*2) })
	add("nice-goods", func(k int) string {
		return fmt.Sprintf("nice=%02d and gs=%s", 1+k%12*3, c.HanWord(0.02, 2, k))
	})
	add("goods", func(k int) string { return "gs=" + c.HanWord(0.01, 2, k) })
	add("mark", func(k int) string { return "kind=trademark and ti=" + c.HanWord(0.01, 2, k) })
	add("mark-latin", func(k int) string { return "kind=trademark and ti=" + c.latin[20+k] })
	add("registration", func(k int) string { return fmt.Sprintf("rn=%d", 30_000_000+c.trademark(k*37)) })
	add("works", func(k int) string {
		return fmt.Sprintf("kind=work and region=%s and pd within \"%d %d\"", cities[k%len(cities)], 2010+k%5, 2018+k%7)
	})
	add("software", func(k int) string { return "kind=software and ti=" + c.HanWord(0.01, 2, k) })
	add("rare", func(k int) string {
		return "kind=" + []string{"plant_variety", "layout_design", "geographical_indication", "madrid", "pct"}[k%5]
	})
	add("registers", func(k int) string {
		return fmt.Sprintf("(kind=trademark or kind=work or kind=software) and region=%s and holder-type=enterprise", cities[k%len(cities)])
	})
	return out
}

// trademark returns the first trademark among the documents from i on.
func (c *Corpus) trademark(i int) int {
	for c.formOf(i) != formTrademark {
		i++
	}
	return i
}
