package cli

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"onewindow/internal/folder"
	"onewindow/internal/ierr"
	"onewindow/internal/region"
	"onewindow/internal/server"
)

// listenFlag adds the flags that say where a server is reached.
func (a *app) listenFlag(flags *pflag.FlagSet) {
	flags.String("listen", a.settings.value("listen"), a.flag("listen"))
	flags.String("hosts", a.settings.value("hosts"), a.flag("hosts"))
}

func (a *app) serve() *cobra.Command {
	cmd := a.command("serve", &cobra.Command{Use: "serve", Args: a.args(0, 0)})
	a.listenFlag(cmd.Flags())
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		l, err := net.Listen("tcp", a.settings.value("listen"))
		if err != nil {
			return listenError(err, a.settings.value("listen"))
		}
		cfg := a.config()
		cfg.Work = true
		return a.run(cmd.Context(), l, cfg)
	}
	return cmd
}

func (a *app) demo() *cobra.Command {
	var region string
	var small bool
	cmd := a.command("demo", &cobra.Command{Use: "demo [--small]", Args: a.args(0, 0)})
	a.listenFlag(cmd.Flags())
	cmd.Flags().StringVar(&region, "region", "", a.flag("demo-region"))
	cmd.Flags().BoolVar(&small, "small", false, a.flag("demo-small"))
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		cfg, err := a.demoConfig(region)
		if err != nil {
			return err
		}
		cfg.Edition = !small
		l, err := listenNear(a.settings.value("listen"))
		if err != nil {
			return err
		}
		return a.run(cmd.Context(), l, cfg)
	}
	return cmd
}

// demoConfig says how the demo's folder is opened: made where it is absent,
// refused where something else made it.
func (a *app) demoConfig(region string) (server.Config, error) {
	cfg := a.config()
	cfg.Work = true
	m, err := folder.Look(cfg.Dir)
	if err == nil {
		return cfg, m.Must(cfg.Dir, folder.Sample, region)
	}
	if ierr.KindOf(err) != ierr.NotFound {
		return cfg, err
	}
	if region, err = a.demoRegion(region); err != nil {
		return cfg, err
	}
	cfg.Make = &server.Make{Nature: folder.Sample, Region: region}
	return cfg, nil
}

// demoRegion returns the region to invent: the one that is named, else the one of
// the settings, else the first that the definitions hold.
func (a *app) demoRegion(named string) (string, error) {
	if named == "" {
		named = a.settings.value("demo-region")
	}
	if named != "" {
		return named, nil
	}
	packs, err := region.List(a.defs)
	if err != nil {
		return "", err
	}
	if len(packs) == 0 {
		return "", ierr.New(ierr.NotFound, "cli.no-region", nil)
	}
	return packs[0].ID, nil
}

// run serves pages and API on l until ctx ends or the server fails.
func (a *app) run(ctx context.Context, l net.Listener, cfg server.Config) (err error) {
	defer l.Close()
	cfg.Hosts = strings.FieldsFunc(a.settings.value("hosts"), func(r rune) bool { return r == ',' || r == ' ' })
	s, err := server.Open(cfg)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	address := address(l.Addr())
	if tcp, ok := l.Addr().(*net.TCPAddr); ok && !tcp.IP.IsLoopback() {
		a.log.Warn(a.t("cli.open-to-others", ierr.Args{"address": l.Addr().String()}))
	}
	if s.Sample() {
		if err := s.Invent(ctx); err != nil {
			return err
		}
		fmt.Fprintln(a.Out, a.t("cli.sample", nil))
		if known, err := s.HasPeople(ctx); err != nil {
			return err
		} else if !known {
			fmt.Fprintln(a.Out, a.t("cli.demo-user", ierr.Args{"command": a.withFolder("onewindow user add NAME --body BODY --role clerk")}))
		}
	}
	if s.Sample() {
		filling, stop := context.WithCancel(ctx)
		filled := a.fill(filling, s)
		defer func() { stop(); err = errors.Join(err, <-filled) }()
	}
	fmt.Fprintln(a.Out, a.t("cli.serving", ierr.Args{"address": address + "/" + a.say.Lang() + "/"}))
	return s.Serve(ctx, l, address)
}

// fill loads the rest of a sample while it is served, and says when that is done. What
// it returns holds the error, once it has ended.
func (a *app) fill(ctx context.Context, s *server.Server) <-chan error {
	ended := make(chan error, 1)
	begun := time.Now()
	go func() {
		n, err := s.Fill(ctx)
		switch {
		case err != nil && ctx.Err() == nil:
			a.log.Error(a.t("cli.sample-failed", ierr.Args{"reason": a.say.Error(err)}))
			ended <- err
			return
		case err == nil && n > 0:
			fmt.Fprintln(a.Out, a.t("cli.sample-filled", ierr.Args{"n": n, "seconds": int(time.Since(begun).Seconds())}))
		}
		ended <- nil
	}()
	return ended
}

// withFolder names the data folder in a command where it is not the usual one.
func (a *app) withFolder(command string) string {
	if d := a.settings.named("data"); d.source != "default" {
		return command + " --data " + d.value
	}
	return command
}

// address returns what a browser on this machine takes to reach addr.
func address(addr net.Addr) string {
	host, port, err := net.SplitHostPort(addr.String())
	if err != nil {
		return "http://" + addr.String()
	}
	if ip := net.ParseIP(host); ip != nil && (ip.IsLoopback() || ip.IsUnspecified()) {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port)
}

// nearPorts is how many ports after a taken one are tried.
const nearPorts = 20

// listenNear listens at address, or at the next free port when it is taken.
func listenNear(address string) (net.Listener, error) {
	host, service, err := net.SplitHostPort(address)
	if err != nil {
		return nil, listenError(err, address)
	}
	first, err := net.LookupPort("tcp", service)
	if err != nil {
		return nil, listenError(err, address)
	}
	for port := first; ; port++ {
		l, err := net.Listen("tcp", net.JoinHostPort(host, fmt.Sprint(port)))
		if err == nil {
			return l, nil
		}
		if port == first+nearPorts || first == 0 || port == 65535 {
			return nil, listenError(err, address)
		}
	}
}

func listenError(err error, address string) error {
	return ierr.Wrap(err, ierr.Invalid, "cli.listen", ierr.Args{"address": address, "reason": err.Error()})
}
