package server

import (
	"context"
	"time"

	"onewindow/internal/audit"
)

// signEvery is how often is looked whether a day has begun whose head is to be signed.
const signEvery = 10 * time.Minute

// openLog opens the log of all acts; each day on which the program runs gets a head.
func (s *Server) openLog() error {
	secret, err := s.folder.Secret("log.key", func() (string, error) { return audit.NewKey(s.logName()) })
	if err != nil {
		return err
	}
	key, err := audit.ReadKey(secret)
	if err != nil {
		return err
	}
	s.audit = &audit.Log{Store: s.store, Key: key, Now: s.config.Now}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(signEvery)
		defer tick.Stop()
		for {
			if err := s.audit.SignDaily(ctx, s.pack.Location()); err != nil && ctx.Err() == nil {
				s.config.Log.Error("the log could not be signed", "err", err)
			}
			select {
			case <-tick.C:
			case <-ctx.Done():
				return
			}
		}
	}()
	s.onClose(func() error { stop(); <-done; return nil })
	return nil
}

// logName names the log of the folder as its heads do.
func (s *Server) logName() string {
	m := s.folder.Marker
	return "onewindow/" + m.Region + "/" + string(m.Nature)
}
