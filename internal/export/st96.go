package export

import (
	"fmt"
	"io"
	"slices"

	"onewindow/internal/date"
	"onewindow/internal/i18n"
	"onewindow/internal/ierr"
	"onewindow/internal/record"
	"onewindow/internal/source/st96"
)

// instances writes every publication of every right as an instance of WIPO ST.96.
// Kinds that ST.96 has no schema for are left out and counted: the file says so
// at its end.
type instances struct {
	w      *st96.Writer
	say    *i18n.Printer
	report Report
}

func newInstances(w io.Writer, say *i18n.Printer, h Head) *instances {
	notes := []string{say.T("export.note.query", nil) + ": " + asked(say, h),
		fmt.Sprintf("%s: %d", say.T("web.home.state", nil), h.State), say.T("export.coverage", nil)}
	if h.Sample {
		notes = append([]string{say.T("web.sample.short", nil) + ": " + say.T("export.sample", nil)}, notes...)
	}
	meta := st96.Meta{Created: date.OfTime(h.Made), Producer: h.Producer, Sample: h.Sample, Notes: notes}
	return &instances{w: st96.NewWriter(w, meta), say: say, report: Report{LeftOut: map[record.Kind]int{}}}
}

func (s *instances) Write(r *Right) error {
	v := r.View
	if _, ok := st96.Instance(v.Kind); !ok {
		s.report.LeftOut[v.Kind]++
		return nil
	}
	written := false
	for i := range v.Documents {
		from := v.Source(v.Documents[i].From)
		if from == nil || from.Doc.Notice {
			continue
		}
		if err := s.w.Write(from.Doc); ierr.KindOf(err) == ierr.Unsupported {
			continue
		} else if err != nil {
			return err
		}
		written = true
	}
	if written {
		s.report.Written++
	} else {
		s.report.LeftOut[v.Kind]++
	}
	return nil
}

// Close refuses as Unsupported, "export.none", what holds nothing but kinds that
// were left out.
func (s *instances) Close() (*Report, error) {
	if n := s.report.Left(); n > 0 {
		var kinds []string
		for _, k := range record.Kinds {
			if s.report.LeftOut[k] > 0 {
				kinds = append(kinds, s.say.T("kind."+string(k), nil))
			}
		}
		slices.Sort(kinds)
		if s.report.Written == 0 {
			return nil, ierr.New(ierr.Unsupported, "export.none", ierr.Args{"n": n, "kinds": kinds})
		}
		s.w.Note(s.say.T("export.left-out", ierr.Args{"n": n, "kinds": kinds}))
	}
	return &s.report, s.w.Close()
}

// Discard does nothing: what was written has left.
func (*instances) Discard() {}
