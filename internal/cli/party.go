package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"onewindow/internal/api/v1"
	"onewindow/internal/client"
)

func (a *app) party() *cobra.Command {
	cmd := a.command("party", &cobra.Command{Use: "party", RunE: group, Args: cobra.ArbitraryArgs})
	cmd.AddCommand(a.partyFind(), a.partyShow(), a.partyQueue(), a.partyMerge(), a.partyDiffer(), a.partySplit(), a.partyUndo(), a.partyDecisions())
	return cmd
}

func (a *app) partyFind() *cobra.Command {
	var p v1.FindParties
	cmd := a.command("party-find", &cobra.Command{Use: "find NAME", Args: a.args(1, 1)})
	cmd.Flags().IntVar(&p.Limit, "limit", 20, a.flag("limit"))
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, args []string, format string) error {
		p.Name = args[0]
		found, err := c.Parties(ctx, p)
		if err != nil {
			return err
		}
		return a.emit(format, found, func() *sheet {
			s := a.sheet(found.Mark, column{name: "party"}, column{name: "count"}, column{name: "name", wide: true})
			s.empty = a.t("cli.none.parties", nil)
			for _, r := range found.Parties {
				s.add(r.ID, r.Rights, placed(r.Name, r.Place))
			}
			return s
		})
	})
	return cmd
}

func (a *app) partyShow() *cobra.Command {
	cmd := a.command("party-show", &cobra.Command{Use: "show PARTY", Args: a.args(1, 1)})
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, args []string, format string) error {
		p, err := c.Party(ctx, args[0])
		if err != nil {
			return err
		}
		return a.emit(format, p, func() *sheet { return a.partySheet(p) })
	})
	return cmd
}

// partySheet lays out a party, one line for each thing that is known of it.
func (a *app) partySheet(p *v1.PartyDetail) *sheet {
	s := a.sheet(p.Mark, column{name: "what"}, column{name: "value", wide: true}, column{name: "count"}, column{name: "since"}, column{name: "until"},
		column{name: "why", wide: true})
	what := func(name string) string { return a.t("party.what."+name, nil) }
	s.add(what("id"), p.ID, p.Rights, "", "", "")
	s.add(what("type"), label(p.Type), "", "", "", "")
	for _, code := range p.Idents {
		s.add(what("ident"), code, "", "", "", "")
	}
	for _, n := range p.Names {
		s.add(what("name"), placed(n.Name, n.Place), n.Rights, n.Since, n.Until, a.reasonOf(n))
	}
	for _, x := range p.Addresses {
		s.add(what("address"), strings.TrimSpace(x.Postcode+" "+x.Address), x.Rights, x.Since, x.Until, label(x.Region))
	}
	for _, u := range p.Uses {
		s.add(what("use"), label(u.Kind)+", "+label(u.Role), u.Rights, "", "", "")
	}
	if p.Parent != nil {
		s.add(what("parent"), placed(p.Parent.Name, p.Parent.Place), p.Parent.Rights, "", "", p.Parent.ID)
	}
	for _, b := range p.Branches {
		s.add(what("branch"), b.Name, b.Rights, "", "", b.ID)
	}
	s.add(what("holds"), p.Query, p.Holds, "", "", "")
	return s
}

// placed is a name with the place with which alone it counts.
func placed(name string, place *v1.Class) string {
	if place == nil {
		return name
	}
	return name + " (" + label(*place) + ")"
}

// reasonOf says why a name is one of a party's.
func (a *app) reasonOf(n v1.PartyName) string {
	if n.Rule == nil {
		return ""
	}
	text := fmt.Sprintf("%s (%.2f)", label(*n.Rule), n.Confidence)
	if n.With != "" && n.With != n.Name {
		text += ": " + n.With
	}
	return text
}

func (a *app) partyQueue() *cobra.Command {
	var p v1.QueueParams
	cmd := a.command("party-queue", &cobra.Command{Use: "queue", Args: a.args(0, 0)})
	cmd.Flags().StringVar(&p.Rule, "rule", "", a.flag("rule"))
	cmd.Flags().StringVar(&p.Near, "near", "", a.flag("near"))
	cmd.Flags().StringVar(&p.Party, "party", "", a.flag("party"))
	cmd.Flags().IntVar(&p.Limit, "limit", 50, a.flag("limit"))
	cmd.Flags().IntVar(&p.Offset, "offset", 0, a.flag("offset"))
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, _ []string, format string) error {
		q, err := c.PartyQueue(ctx, p)
		if err != nil {
			return err
		}
		return a.emit(format, q, func() *sheet {
			s := a.sheet(q.Mark, column{name: "count"}, column{name: "sure"}, column{name: "rule"}, column{name: "near"}, column{name: "party_a"},
				column{name: "name_a", wide: true}, column{name: "party_b"}, column{name: "name_b", wide: true})
			s.empty = a.t("cli.none.queue", nil)
			for _, x := range q.Pairs {
				s.add(x.Weight, fmt.Sprintf("%.2f", x.Confidence), label(x.Rule), label(x.Near), x.A.ID, x.NameA, x.B.ID, x.NameB)
			}
			if q.Total > len(q.Pairs) {
				s.note(a.t("party.more", map[string]any{"n": q.Total}))
			}
			return s
		})
	})
	return cmd
}

func (a *app) partyMerge() *cobra.Command {
	return a.partyPair("merge", (*client.Connection).MergeParties)
}

func (a *app) partyDiffer() *cobra.Command {
	return a.partyPair("differ", (*client.Connection).DifferParties)
}

// partyPair makes a command that decides on two parties.
func (a *app) partyPair(name string, decide func(*client.Connection, context.Context, v1.DecidePair) (*v1.PartyDecisions, error)) *cobra.Command {
	var d v1.DecidePair
	cmd := a.command("party-"+name, &cobra.Command{Use: name + " PARTY PARTY", Args: a.args(2, 2)})
	cmd.Flags().StringVar(&d.Reason, "reason", "", a.flag("decision-reason"))
	cmd.Flags().StringVar(&d.Author, "author", "", a.flag("author"))
	cmd.Flags().BoolVar(&d.Like, "like", false, a.flag("like"))
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, args []string, format string) error {
		d.A, d.B, d.Author = args[0], args[1], author(d.Author)
		made, err := decide(c, ctx, d)
		if err != nil {
			return err
		}
		return a.emit(format, made, func() *sheet { return a.decisions(made) })
	})
	return cmd
}

// author is who signs: the user of this machine where nobody is named.
func author(name string) string {
	if name == "" {
		return whoami()
	}
	return name
}

func (a *app) partySplit() *cobra.Command {
	var p v1.SplitParty
	cmd := a.command("party-split", &cobra.Command{Use: "split PARTY --names NAME,NAME", Args: a.args(1, 1)})
	cmd.Flags().StringSliceVar(&p.Names, "names", nil, a.flag("names"))
	cmd.Flags().StringVar(&p.Reason, "reason", "", a.flag("decision-reason"))
	cmd.Flags().StringVar(&p.Author, "author", "", a.flag("author"))
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, args []string, format string) error {
		p.Author = author(p.Author)
		made, err := c.SplitParty(ctx, args[0], p)
		if err != nil {
			return err
		}
		return a.emit(format, made, func() *sheet { return a.decisions(made) })
	})
	return cmd
}

func (a *app) partyUndo() *cobra.Command {
	var u v1.UndoDecision
	cmd := a.command("party-undo", &cobra.Command{Use: "undo DECISION", Args: a.args(1, 1)})
	cmd.Flags().StringVar(&u.Reason, "reason", "", a.flag("decision-reason"))
	cmd.Flags().StringVar(&u.Author, "author", "", a.flag("author"))
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, args []string, format string) error {
		n, err := number(args)
		if err != nil {
			return err
		}
		u.Author = author(u.Author)
		undone, err := c.UndoDecision(ctx, n, u)
		if err != nil {
			return err
		}
		return a.emit(format, undone, func() *sheet { return a.decisions(undone) })
	})
	return cmd
}

func (a *app) partyDecisions() *cobra.Command {
	var p v1.DecisionsParams
	cmd := a.command("party-decisions", &cobra.Command{Use: "decisions", Args: a.args(0, 0)})
	cmd.Flags().StringVar(&p.Party, "party", "", a.flag("party"))
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, _ []string, format string) error {
		all, err := c.PartyDecisions(ctx, p)
		if err != nil {
			return err
		}
		return a.emit(format, all, func() *sheet { return a.decisions(all) })
	})
	return cmd
}

func (a *app) decisions(d *v1.PartyDecisions) *sheet {
	s := a.sheet(d.Mark, column{name: "decision"}, column{name: "act"}, column{name: "name_a", wide: true}, column{name: "name_b", wide: true},
		column{name: "author"}, column{name: "made"}, column{name: "undone"}, column{name: "why", wide: true})
	s.empty = a.t("cli.none.decisions", nil)
	for _, x := range d.Decisions {
		s.add(x.ID, label(x.Act), keyNames(x.A), keyNames(x.B), x.Author, moment(&x.Made), moment(x.Undone), x.Reason)
	}
	return s
}

// keyNames writes the keys of names without what marks their sort.
func keyNames(keys []string) string {
	var out []string
	for _, k := range keys {
		if _, name, ok := strings.Cut(k, ":"); ok {
			k = name
		}
		out = append(out, k)
	}
	return strings.Join(out, "; ")
}
