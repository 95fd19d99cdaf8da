package cli

import (
	"fmt"
	"io"
	"strings"
	"time"

	"onewindow/internal/i18n"
	"onewindow/internal/ierr"
)

// progress reports how far a piece of long work is: as a bar that redraws
// itself on a terminal, as a plain line every logEvery elsewhere.
type progress struct {
	out      io.Writer
	terminal bool
	width    func() int // places of the terminal
	say      *i18n.Printer

	started  time.Time // of this watching, not of the work
	base     int64     // what was done when this watching started
	lastLine time.Time
	drawn    int // places of the bar on the screen
}

// logEvery is the pause between two plain lines.
const logEvery = 10 * time.Second

// barPlaces is the length of the bar itself.
const barPlaces = 24

// measure is a moment of long work. Bytes are what its length is known by, and
// units what people count it by.
type measure struct {
	label              string
	done, total, units int64
}

// show reports m at the moment now.
func (p *progress) show(m measure, now time.Time) {
	if p.started.IsZero() {
		p.started, p.base, p.lastLine = now, m.done, now
	}
	if p.terminal {
		p.draw(p.bar(m, now))
		return
	}
	if now.Sub(p.lastLine) >= logEvery {
		p.lastLine = now
		fmt.Fprintln(p.out, p.line(m, now))
	}
}

// end clears the bar away.
func (p *progress) end() {
	if p.drawn > 0 {
		fmt.Fprintf(p.out, "\r%s\r", strings.Repeat(" ", p.drawn))
		p.drawn = 0
	}
}

func (p *progress) draw(line string) {
	line = cut(line, max(p.width()-1, 20))
	pad := strings.Repeat(" ", max(p.drawn-places(line), 0))
	fmt.Fprintf(p.out, "\r%s%s", line, pad)
	p.drawn = places(line)
}

func (p *progress) bar(m measure, now time.Time) string {
	full := int(float64(barPlaces) * m.share())
	return "[" + strings.Repeat("#", full) + strings.Repeat(".", barPlaces-full) + "] " + p.line(m, now)
}

func (m measure) share() float64 {
	if m.total <= 0 {
		return 0
	}
	return min(float64(m.done)/float64(m.total), 1)
}

func (p *progress) line(m measure, now time.Time) string {
	args := ierr.Args{"label": plain(m.label), "units": m.units, "percent": p.say.Percent(m.share()), "rate": int64(0), "left": "–"}
	passed := now.Sub(p.started).Seconds()
	if gained := float64(m.done - p.base); passed > 0 && gained > 0 {
		args["left"] = clock(time.Duration(float64(m.total-m.done) / gained * passed * float64(time.Second)))
		if m.done > 0 {
			args["rate"] = int64(float64(m.units) / float64(m.done) * gained / passed)
		}
	}
	return p.say.T("cli.progress", args)
}

// clock writes a duration as m:ss or h:mm:ss.
func clock(d time.Duration) string {
	s := int64(max(d, 0).Round(time.Second) / time.Second)
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}
