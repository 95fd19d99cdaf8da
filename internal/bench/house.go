package bench

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"onewindow/internal/classify"
	"onewindow/internal/find"
	"onewindow/internal/lifecycle"
	"onewindow/internal/party"
	"onewindow/internal/region"
	"onewindow/internal/register"
	"onewindow/internal/store/sqlite"
)

// house is an open register with its index, as a server holds them.
type house struct {
	dir      string
	store    *sqlite.DB
	register *register.Register
	parties  *party.Parties // nil where holders are not told apart
	finder   *find.Finder
}

// openRegister opens the register in dir, without an index.
func (r *run) openRegister(ctx context.Context, dir string) (*house, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	h := &house{dir: dir}
	var err error
	if h.store, err = sqlite.Open(filepath.Join(dir, "register.db"), sqlite.Options{}); err != nil {
		return nil, err
	}
	if h.register, err = register.Open(ctx, h.store, register.Options{Zone: r.pack.Location(), Log: r.Log}); err != nil {
		h.store.Close()
		return nil, err
	}
	return h, nil
}

// openIndex opens the index over the register of h, reading all that it needs of
// the definitions.
func (r *run) openIndex(h *house) error {
	pack, err := region.Load(r.Defs, r.Region)
	if err != nil {
		return err
	}
	classifier, err := classify.New(pack, r.Defs)
	if err != nil {
		return err
	}
	if r.Kinds == KindsAll {
		if err := r.openParties(h, pack, classifier); err != nil {
			return err
		}
	}
	lives, err := lifecycle.Load(r.Defs)
	if err != nil {
		return err
	}
	h.finder, err = find.Open(find.Config{
		Register: h.register, Dir: h.index(), Pack: pack, Classifier: classifier, Parties: h.parties, Texts: r.Texts, Lives: lives, Log: r.Log,
	})
	return err
}

// index is where lies what is derived of the register.
func (h *house) index() string { return filepath.Join(h.dir, "index") }

// openParties lets parties follow the register of h.
func (r *run) openParties(h *house, pack *region.Pack, classifier *classify.Classifier) (err error) {
	h.parties, err = party.Open(party.Config{
		Register: h.register, Store: h.store, Dir: h.index(), Defs: r.Defs, Pack: pack, Classifier: classifier, Log: r.Log,
	})
	return err
}

// open opens register and index in dir.
func (r *run) open(ctx context.Context, dir string) (*house, error) {
	h, err := r.openRegister(ctx, dir)
	if err != nil {
		return nil, err
	}
	if err := r.openIndex(h); err != nil {
		h.close()
		return nil, err
	}
	return h, nil
}

func (h *house) close() error {
	var errs []error
	if h.finder != nil {
		errs = append(errs, h.finder.Close())
	}
	if h.parties != nil {
		errs = append(errs, h.parties.Close())
	}
	h.register.Close()
	return errors.Join(append(errs, h.store.Close())...)
}

// sizes measures what lies on disk, in bytes. What belongs to the columns lies
// among the files of the index.
func (h *house) sizes() (s Sizes, err error) {
	err = filepath.WalkDir(h.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		switch {
		case strings.HasPrefix(d.Name(), "register.db"):
			s.Register += info.Size()
		case filepath.Ext(path) == ".att":
			s.Columns += info.Size()
		case d.Name() == "parties":
			s.Parties += info.Size()
		default:
			s.Index += info.Size()
		}
		return nil
	})
	return s, err
}
