package server

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"

	"golang.org/x/net/netutil"

	"onewindow/internal/api"
)

// Limits of connections.
const (
	maxConnections = 1024             // at one time, over the network
	maxHeader      = 64 << 10         // bytes of a request's head
	headTime       = 10 * time.Second // for a request's head to arrive
	bodyTime       = 60 * time.Second // for a whole request to arrive
	answerTime     = 30 * time.Minute // for an answer to be taken, a whole export included
	idleTime       = 2 * time.Minute  // between requests
	goodbye        = 5 * time.Second  // for requests under way when a server stops
)

// http makes the HTTP server of one listener.
func (s *Server) http(base context.Context) *http.Server {
	return &http.Server{
		Handler: s.handler, BaseContext: func(net.Listener) context.Context { return base },
		MaxHeaderBytes: maxHeader, ReadHeaderTimeout: headTime, ReadTimeout: bodyTime, WriteTimeout: answerTime, IdleTimeout: idleTime,
		ErrorLog: slog.NewLogLogger(s.config.Log.Handler(), slog.LevelDebug),
	}
}

// listen serves the local socket, whose users own the folder.
func (s *Server) listen() error {
	l, err := s.folder.Listen()
	if err != nil {
		return err
	}
	h := s.http(api.AsOwner(context.Background()))
	served := make(chan error, 1)
	go func() { served <- h.Serve(l) }()
	s.onClose(func() error {
		err := stop(h)
		if serr := <-served; !errors.Is(serr, http.ErrServerClosed) {
			err = errors.Join(err, serr)
		}
		return err
	})
	return nil
}

// Serve serves pages and the public part of the API on l until ctx ends, then
// lets requests under way finish. address is what people open in a browser; it
// and Config.Hosts are the names that requests may give the server.
func (s *Server) Serve(ctx context.Context, l net.Listener, address string) error {
	if err := s.folder.Serving(address); err != nil {
		return err
	}
	h := s.http(context.Background())
	h.Handler = s.hostCheck(address, h.Handler)
	served := make(chan error, 1)
	go func() { served <- h.Serve(netutil.LimitListener(l, maxConnections)) }()
	select {
	case err := <-served:
		return err
	case <-ctx.Done():
	}
	s.config.Log.Info("stopping")
	return stop(h)
}

// stop ends a server, and cuts off requests that do not end by themselves.
func stop(h *http.Server) error {
	ctx, cancel := context.WithTimeout(context.Background(), goodbye)
	defer cancel()
	if err := h.Shutdown(ctx); err != nil {
		return h.Close()
	}
	return nil
}
