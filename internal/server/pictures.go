package server

import (
	"cmp"
	"io"
	"os"
	"slices"

	"onewindow/internal/picture"
	"onewindow/internal/register"
	"onewindow/internal/source"
	"onewindow/internal/web"
)

// Of one load so many pictures are kept, and so many bytes of them; the rest stays
// where it is.
const (
	maxPictures     = 1_000_000
	maxPictureBytes = 2 << 30
)

// keepPicture returns what keeps the pictures of a load, named by the job that began
// it. One that cannot be kept is left where it is: it never stops a load.
func (s *Server) keepPicture(began int64) source.Keeper {
	return keepAtMost(maxPictures, maxPictureBytes, func(file, member string, r io.Reader) (int, error) {
		n, err := s.pictures.Keep(picture.Place{Delivery: began, File: file, Member: member}, r)
		if err != nil {
			s.config.Log.Debug("a picture is not kept", "file", file, "member", member, "err", err)
		}
		return n, err
	})
}

// keepFiles keeps the pictures that are files by themselves, each at its place though
// another file of the same bytes is loaded already, and returns what keeps those in
// archives.
func (s *Server) keepFiles(began int64, files []source.File) source.Keeper {
	keep, kept := s.keepPicture(began), map[string]bool{}
	for _, file := range files {
		f, err := os.Open(file.Path)
		if err != nil {
			continue // the load tells it
		}
		if source.IsPicture(f) {
			kept[file.Path] = keep(file.Path, "", f)
		}
		f.Close()
	}
	return func(file, member string, r io.Reader) bool {
		if member == "" {
			return kept[file]
		}
		return keep(file, member, r)
	}
}

// keepAtMost keeps pictures until there are so many of them, or so many bytes.
func keepAtMost(number, bytes int, keep func(file, member string, r io.Reader) (int, error)) source.Keeper {
	return func(file, member string, r io.Reader) bool {
		if number <= 0 || bytes <= 0 {
			return false
		}
		n, err := keep(file, member, r)
		if err == nil {
			number, bytes = number-1, bytes-n
		}
		return err == nil
	}
}

// A delivery is a load that may have brought pictures.
type delivery struct{ load, job int64 }

// deliveries lists the loads that stand, as they are known in a state (0: now), the
// first one first.
func deliveries(loads []register.LoadInfo, known int64) []delivery {
	var out []delivery
	for _, l := range loads {
		if l.Job != 0 && l.Undone == 0 && (known == 0 || l.First <= known) {
			out = append(out, delivery{l.ID, l.Job})
		}
	}
	slices.SortFunc(out, func(a, b delivery) int { return cmp.Compare(a.load, b.load) })
	return out
}

// pictures returns the pictures of the right: those that its sources name and that
// came with them or with a later delivery to the same place, and the names of those
// that did not.
func (s *sheet) pictures() (shown []web.Picture, missing []string) {
	for _, p := range s.v.Images {
		st := s.v.Source(p.From)
		if st == nil || p.Name == "" {
			continue
		}
		place := picture.Place{File: st.File.Path, Member: st.Position.Member}
		if hash := s.delivered(st.File.Load, place.Beside(p.Name)); hash != "" {
			shown = append(shown, web.Picture{Hash: hash, Use: p.Use, Name: p.Name, Text: p.Text})
		} else {
			missing = append(missing, p.Name)
		}
	}
	return shown, missing
}

// delivered returns the hash of the picture that a load, or else the first one after
// it, brought to a place; empty where none did.
func (s *sheet) delivered(load int64, at picture.Place) string {
	for _, d := range s.deliveries {
		if d.load < load {
			continue
		}
		at.Delivery = d.job
		if hash := s.pages.Server.pictures.Find(at); hash != "" {
			return hash
		}
	}
	return ""
}
