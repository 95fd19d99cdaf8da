package server

import (
	"io"

	"onewindow/internal/picture"
	"onewindow/internal/source"
	"onewindow/internal/web"
)

// maxPictures is how many bytes of pictures are kept of one load.
const maxPictures = 2 << 30

// keepPicture returns what keeps the pictures of a load, named by the job that began
// it. One that cannot be kept is left where it is: it never stops a load.
func (s *Server) keepPicture(began int64) source.Keeper {
	kept := 0
	return func(file, member string, r io.Reader) bool {
		if kept > maxPictures {
			return false
		}
		n, err := s.pictures.Keep(picture.Place{Delivery: began, File: file, Member: member}, r)
		kept += n
		if err != nil {
			s.config.Log.Debug("a picture is not kept", "file", file, "member", member, "err", err)
		}
		return err == nil
	}
}

// pictures returns the pictures of the right: those that its sources name and that
// came with them, and the names of those that did not.
func (s *sheet) pictures() (shown []web.Picture, missing []string) {
	for _, p := range s.v.Images {
		st := s.v.Source(p.From)
		if st == nil || p.Name == "" {
			continue
		}
		place := picture.Place{Delivery: s.jobs[st.File.Load], File: st.File.Path, Member: st.Position.Member}
		if hash := s.pages.Server.pictures.Find(place.Beside(p.Name)); hash != "" {
			shown = append(shown, web.Picture{Hash: hash, Use: p.Use, Name: p.Name, Text: p.Text})
		} else {
			missing = append(missing, p.Name)
		}
	}
	return shown, missing
}
