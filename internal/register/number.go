package register

import (
	"context"
	"errors"
	"slices"
	"strings"

	"onewindow/internal/ierr"
	"onewindow/internal/record"
)

// ByNumber returns the view of the right that bears a number: an application,
// patent, publication or registration number, in any spelling, or the digits of
// a publication alone. Errors: Invalid when it is no number,
// NotFound when no right bears it, Conflict when two do.
func (r *Register) ByNumber(ctx context.Context, number string, at AsOf) (*View, error) {
	if len(number) > 100 {
		return nil, ierr.New(ierr.Invalid, "register.number_invalid", ierr.Args{"number": number[:40] + "…"})
	}
	keys := KeysOf(number)
	if len(keys) == 0 {
		return nil, ierr.New(ierr.Invalid, "register.number_invalid", ierr.Args{"number": number})
	}
	known, err := r.store.Numbers(ctx, keys)
	if err != nil {
		return nil, err
	}
	var found *View
	for _, n := range known {
		v, err := r.byKey(ctx, n.Key, at)
		if err != nil {
			return nil, err
		}
		if v == nil || found != nil && found.ID == v.ID {
			continue
		}
		if found != nil {
			return nil, ierr.New(ierr.Conflict, "register.number_ambiguous", ierr.Args{"number": number, "one": found.Key, "other": v.Key})
		}
		found = v
	}
	if found == nil {
		return nil, ierr.New(ierr.NotFound, "register.number_unknown", ierr.Args{"number": number})
	}
	return found, nil
}

// ByKey returns the right that bears a key of View.Keys now, nil if none does.
func (r *Register) ByKey(ctx context.Context, key string) (*View, error) {
	return r.byKey(ctx, key, AsOf{})
}

// byKey returns the right that bears a key, nil if there is none. The right
// may have been another one when the state was committed.
func (r *Register) byKey(ctx context.Context, key string, at AsOf) (*View, error) {
	known := r.known(at.Known)
	now, err := r.store.Numbers(ctx, []string{key})
	if err != nil || len(now) == 0 {
		return nil, err
	}
	ids, err := r.store.Holders(ctx, key)
	if err != nil {
		return nil, err
	}
	ids = append(ids, now[0].Right)
	slices.Sort(ids)
	views, err := r.views(ctx, slices.Compact(ids), at.On, known)
	if err != nil {
		return nil, err
	}
	for _, v := range views {
		if slices.Contains(v.Keys, key) {
			return v, nil
		}
	}
	return nil, nil
}

// oldLetters are the kind letters of China's publications before 2007, whose keys
// hold the letter: a number without one may mean any of them. Those of other
// offices may have otherLetters: reissues, inventions registered only, plants and translations.
const (
	oldLetters   = "ABCDSUY"
	otherLetters = oldLetters + "EHPT"
)

// KeysOf returns the keys that a number as people write it may stand for, nil
// if it is no number. "tm:47123456" names the number space, here trademarks, so
// that numbers which several spaces have in common are told apart.
func KeysOf(number string) []string {
	if prefix, rest, ok := strings.Cut(number, ":"); ok {
		return spacedKeys(strings.ToLower(strings.TrimSpace(prefix)), rest)
	}
	keys := patentKeys(number)
	if strings.ContainsAny(number, "0123456789０１２３４５６７８９") {
		keys = append(keys, record.RegistrationKeys("", number)...)
		if p, err := record.ParsePublicationOf(number); err == nil {
			keys = append(keys, record.RegistrationKeys(p.Office, strings.TrimPrefix(strings.ToUpper(number), p.Office))...)
		}
	}
	return keys
}

// spacedKeys are the keys of a number in one number space; the office, before the
// number, may be left out where it is China's or WIPO's.
func spacedKeys(prefix, number string) []string {
	var keys []string
	for _, k := range append(record.RegistrationKeys("", number), record.RegistrationKeys("_", number)...) {
		if space, _, _ := strings.Cut(k, ":"); space == prefix || space == prefix+"-app" {
			keys = append(keys, strings.Replace(k, ":_", ":", 1))
		}
	}
	return keys
}

func patentKeys(number string) []string {
	var keys []string
	if n, err := record.ParseApplicationCN(number); err == nil {
		keys = append(keys, "app:CN"+n)
	}
	p, err := record.ParsePublicationCN(number)
	if errors.Is(err, record.ErrFormat) {
		if p, err = record.ParsePublicationOf(number); err != nil {
			return keys
		}
	}
	if len(p.Digits) == 7 && p.Code == "" && p.Office == "CN" {
		for _, letter := range oldLetters {
			p.Code = string(letter)
			keys = append(keys, p.RightKey())
		}
		return keys
	}
	keys = append(keys, p.RightKey(), "app:"+p.Office+p.Digits)
	if p.Code == "" && p.Office != "CN" {
		for _, letter := range otherLetters {
			p.Code = string(letter)
			if key := p.RightKey(); !slices.Contains(keys, key) {
				keys = append(keys, key)
			}
		}
	}
	return keys
}
