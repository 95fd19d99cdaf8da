package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"onewindow/internal/api/v1"
	"onewindow/internal/client"
)

func (a *app) user() *cobra.Command {
	cmd := a.command("user", &cobra.Command{Use: "user", RunE: group, Args: cobra.ArbitraryArgs})
	cmd.AddCommand(a.userAdd(), a.userList(), a.userRoles(), a.userRole(), a.userPassword(),
		a.userAct("disable", (*client.Connection).DisableUser), a.userAct("enable", (*client.Connection).EnableUser), a.userSessions())
	return cmd
}

func (a *app) userAdd() *cobra.Command {
	var u v1.AddUser
	var piped bool
	cmd := a.command("user-add", &cobra.Command{Use: "add NAME --body BODY --role ROLE", Args: a.args(1, 1)})
	cmd.Flags().StringVar(&u.Body, "body", "", a.flag("body"))
	cmd.Flags().StringVar(&u.Role, "role", "", a.flag("role"))
	cmd.Flags().StringVar(&u.Display, "display", "", a.flag("display"))
	cmd.Flags().StringVar(&u.Region, "region", "", a.flag("body-region"))
	cmd.Flags().BoolVar(&piped, "password-stdin", false, a.flag("password-stdin"))
	cmd.RunE = a.withPassword(&piped, func(ctx context.Context, c *client.Connection, login, password string) (*v1.User, error) {
		u.Login, u.Password, u.Actor = login, password, whoami()
		return c.AddUser(ctx, u)
	})
	return cmd
}

func (a *app) userPassword() *cobra.Command {
	var piped bool
	cmd := a.command("user-password", &cobra.Command{Use: "password NAME", Args: a.args(1, 1)})
	cmd.Flags().BoolVar(&piped, "password-stdin", false, a.flag("password-stdin"))
	cmd.RunE = a.withPassword(&piped, func(ctx context.Context, c *client.Connection, login, password string) (*v1.User, error) {
		return c.SetPassword(ctx, login, v1.SetPassword{Password: password, Actor: whoami()})
	})
	return cmd
}

// withPassword makes the body of a command that takes a password, which is asked
// for before the server is, and answers with the person it is of.
func (a *app) withPassword(piped *bool, act func(ctx context.Context, c *client.Connection, login, password string) (*v1.User, error)) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		if _, err := a.format(usual...); err != nil {
			return err
		}
		password, err := a.password(args[0], *piped)
		if err != nil {
			return err
		}
		return a.ask(usual, func(ctx context.Context, c *client.Connection, args []string, format string) error {
			u, err := act(ctx, c, args[0], password)
			return a.emitUser(format, u, err)
		})(cmd, args)
	}
}

// emitUser prints a person as they are after an act.
func (a *app) emitUser(format string, u *v1.User, err error) error {
	if err != nil {
		return err
	}
	return a.emit(format, u, func() *sheet { return a.users([]v1.User{*u}) })
}

func (a *app) userList() *cobra.Command {
	cmd := a.command("user-list", &cobra.Command{Use: "list", Args: a.args(0, 0)})
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, _ []string, format string) error {
		all, err := c.Users(ctx)
		if err != nil {
			return err
		}
		return a.emit(format, all, func() *sheet { return a.users(all.Users) })
	})
	return cmd
}

func (a *app) users(list []v1.User) *sheet {
	s := a.sheet(v1.Mark{}, column{name: "login"}, column{name: "display"}, column{name: "body"}, column{name: "region"},
		column{name: "role_code", plain: true}, column{name: "role"}, column{name: "disabled"}, column{name: "added"})
	s.empty = a.t("cli.none.users", nil)
	for _, u := range list {
		disabled := ""
		if u.Disabled {
			disabled = a.t("cli.yes", nil)
		}
		s.add(u.Login, u.Display, u.Body, label(u.Region), u.Role.Code, label(u.Role), disabled, moment(&u.Added))
	}
	return s
}

func (a *app) userRoles() *cobra.Command {
	cmd := a.command("user-roles", &cobra.Command{Use: "roles", Args: a.args(0, 0)})
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, _ []string, format string) error {
		all, err := c.Roles(ctx)
		if err != nil {
			return err
		}
		return a.emit(format, all, func() *sheet {
			s := a.sheet(v1.Mark{}, column{name: "role_code"}, column{name: "role"}, column{name: "permissions", wide: true})
			for _, r := range all.Roles {
				var may []string
				for _, p := range r.Permissions {
					may = append(may, p.Code)
				}
				s.add(r.Code, label(r.Class), strings.Join(may, ", "))
			}
			return s
		})
	})
	return cmd
}

func (a *app) userRole() *cobra.Command {
	cmd := a.command("user-role", &cobra.Command{Use: "role NAME ROLE", Args: a.args(2, 2)})
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, args []string, format string) error {
		u, err := c.SetRole(ctx, args[0], v1.SetRole{Role: args[1], Actor: whoami()})
		return a.emitUser(format, u, err)
	})
	return cmd
}

// userAct makes a command that does one thing to a person.
func (a *app) userAct(name string, act func(*client.Connection, context.Context, string, v1.Actor) (*v1.User, error)) *cobra.Command {
	cmd := a.command("user-"+name, &cobra.Command{Use: name + " NAME", Args: a.args(1, 1)})
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, args []string, format string) error {
		u, err := act(c, ctx, args[0], v1.Actor{By: whoami()})
		return a.emitUser(format, u, err)
	})
	return cmd
}

func (a *app) userSessions() *cobra.Command {
	cmd := a.command("user-sessions", &cobra.Command{Use: "sessions", RunE: group, Args: cobra.ArbitraryArgs})
	cmd.AddCommand(a.userSessionsList(), a.userSessionsEnd())
	return cmd
}

func (a *app) userSessionsList() *cobra.Command {
	cmd := a.command("user-sessions-list", &cobra.Command{Use: "list NAME", Args: a.args(1, 1)})
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, args []string, format string) error {
		all, err := c.UserSessions(ctx, args[0])
		if err != nil {
			return err
		}
		return a.emit(format, all, func() *sheet {
			s := a.sheet(v1.Mark{}, column{name: "begun"}, column{name: "seen"}, column{name: "address"}, column{name: "agent"})
			s.empty = a.t("cli.none.sessions", nil)
			for _, x := range all.Sessions {
				s.add(moment(&x.Begun), moment(&x.Seen), x.Address, x.Agent)
			}
			return s
		})
	})
	return cmd
}

func (a *app) userSessionsEnd() *cobra.Command {
	cmd := a.command("user-sessions-end", &cobra.Command{Use: "end NAME", Args: a.args(1, 1)})
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, args []string, format string) error {
		ended, err := c.EndUserSessions(ctx, args[0], v1.Actor{By: whoami()})
		if err != nil {
			return err
		}
		return a.emit(format, ended, func() *sheet {
			s := a.sheet(v1.Mark{}, column{name: "login"}, column{name: "sessions", number: true})
			s.add(ended.Login, ended.Ended)
			return s
		})
	})
	return cmd
}
