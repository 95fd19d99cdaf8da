package server

import "onewindow/internal/saved"

// keptSearches keeps searches in the folder's register.
func (s *Server) keptSearches() *saved.Searches {
	return saved.New(saved.Config{
		Store: s.store, Region: s.pack.Code(), State: s.register.State, Now: s.config.Now,
		Canonical: func(src string) (string, error) {
			q, err := s.finder.Parse(src)
			if err != nil {
				return "", err
			}
			return q.String(), nil
		},
	})
}
