package chart

import (
	"fmt"
	"image/color"
	"strconv"
	"strings"
)

// Paint names a colour by what it is for. Themes say which colour it is.
type Paint string

// The paints of charts. Those of classes and series are made by Class and Series.
const (
	Paper  Paint = "paper"  // the ground
	Ink    Paint = "ink"    // titles, labels, values
	Soft   Paint = "soft"   // what stands back: subtitles, scales, notes
	Grid   Paint = "grid"   // lines of scales
	Zero   Paint = "zero"   // the line that values are measured from
	Seal   Paint = "seal"   // the office's accent
	Plain  Paint = "plain"  // bars
	Strong Paint = "strong" // bars that stand out
	Void   Paint = "void"   // areas without a value
	Hatch  Paint = "hatch"  // lines over areas without a value
	Edge   Paint = "edge"   // borders of areas
	Bright Paint = "bright" // texts on dark shapes, in either theme
	Deep   Paint = "deep"   // texts on light shapes, in either theme
)

// MaxClasses is the greatest number of classes of a map.
const MaxClasses = 6

// Classes are the paints of a map with n classes, from the lowest class on: one hue
// whose lightness falls from class to class, so that they stay apart in grey and for
// the colour-blind. In the dark theme it rises instead. n lies between 1 and
// MaxClasses.
func Classes(n int) []Paint {
	steps := [...][]int{{3}, {1, 4}, {1, 3, 5}, {0, 2, 4, 5}, {0, 1, 3, 4, 5}, {0, 1, 2, 3, 4, 5}}[n-1]
	out := make([]Paint, n)
	for i, s := range steps {
		out[i] = Paint(fmt.Sprintf("class-%d", s))
	}
	return out
}

// seriesCount is how many series have a colour of their own.
const seriesCount = 8

// Series is the paint of the i-th series or category, from 0. After the eighth they
// come round again.
func Series(i int) Paint { return Paint(fmt.Sprintf("series-%d", i%seriesCount)) }

// Theme says which colour every paint is.
type Theme map[Paint]color.RGBA

// Color returns the colour of a paint. It panics on a paint that there is not.
func (t Theme) Color(p Paint) color.RGBA {
	c, ok := t[p]
	if !ok {
		panic("chart: no paint " + string(p))
	}
	return c
}

// hex returns the colour of a paint as style sheets write it.
// Hex returns the colour of a paint as #rrggbb.
func (t Theme) Hex(p Paint) string {
	c := t.Color(p)
	return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B)
}

// Light is the theme for paper and for light pages, Dark that for dark pages.
var (
	Light = theme(`paper #ffffff ink #16212c soft #526170 grid #dfe5ea zero #5d6b78 seal #b8232f
		plain #2b6ca3 strong #0b3a66 void #eceff1 hatch #97a3ae edge #8a99a6 bright #ffffff deep #10202f
		class-0 #e3eef7 class-1 #bcd7ec class-2 #8ab9dc class-3 #5495c6 class-4 #2369a3 class-5 #08365f
		class-0-text #10202f class-1-text #10202f class-2-text #10202f class-3-text #0a1520 class-4-text #ffffff class-5-text #ffffff void-text #16212c
		series-0 #1b5e99 series-1 #b85217 series-2 #157a6e series-3 #8a4fa0 series-4 #8c6800 series-5 #b8336a series-6 #4a5a68 series-7 #4c7d21
		part-0 #0b3a66 part-1 #8fc1e8 part-2 #b8561c part-3 #f4c88a part-4 #17695f part-5 #a5d9cc part-6 #5d4482 part-7 #d3c1e5
		part-0-text #ffffff part-1-text #10202f part-2-text #ffffff part-3-text #10202f part-4-text #ffffff part-5-text #10202f part-6-text #ffffff part-7-text #10202f`)
	Dark = theme(`paper #12181f ink #e4e9ee soft #a0aebb grid #2c3843 zero #8b98a5 seal #e0525c
		plain #5b9bd5 strong #a9d1f5 void #252e37 hatch #5f6d7a edge #6c7a87 bright #ffffff deep #10202f
		class-0 #16324c class-1 #1f4c74 class-2 #2f6a9d class-3 #528fc3 class-4 #8cbce4 class-5 #d3e8fa
		class-0-text #f2f6fa class-1-text #f2f6fa class-2-text #ffffff class-3-text #08131d class-4-text #10202f class-5-text #10202f void-text #e4e9ee
		series-0 #74b3ec series-1 #f0955a series-2 #4cc2b0 series-3 #c79bdb series-4 #dcb53f series-5 #f087b0 series-6 #a9b8c6 series-7 #9ac866
		part-0 #2c6aa3 part-1 #a8d3f5 part-2 #b35a26 part-3 #f4c88a part-4 #1d776c part-5 #a5d9cc part-6 #73579c part-7 #d3c1e5
		part-0-text #ffffff part-1-text #10202f part-2-text #ffffff part-3-text #10202f part-4-text #ffffff part-5-text #10202f part-6-text #ffffff part-7-text #10202f`)
)

// part is the paint of the i-th part of a whole, from 0: dark and light by turns,
// so that neighbours stay apart in grey.
func part(i int) Paint { return Paint(fmt.Sprintf("part-%d", i%seriesCount)) }

// on is the paint of text upon a shape.
func on(p Paint) Paint { return p + "-text" }

// theme reads a list of paints and their colours.
func theme(s string) Theme {
	t, words := Theme{}, strings.Fields(s)
	for i := 0; i < len(words); i += 2 {
		n, err := strconv.ParseUint(words[i+1][1:], 16, 32)
		if err != nil {
			panic("chart: " + err.Error())
		}
		t[Paint(words[i])] = color.RGBA{uint8(n >> 16), uint8(n >> 8), uint8(n), 255}
	}
	return t
}
