package account

import (
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"

	"onewindow/internal/definition"
)

// rolesFile holds the roles.
const rolesFile = "classes/roles.yaml"

// Role is what people of one sort may do.
type Role struct {
	ID    string
	Names map[string]string // by language
	May   []Permission
}

// Name returns a role's name in a language, else in English.
func (r *Role) Name(lang string) string {
	if n := r.Names[lang]; n != "" {
		return n
	}
	return r.Names["en"]
}

// The shape of the file.
type rolesSource struct {
	Roles []roleSource `yaml:"roles"`
}

type roleSource struct {
	roleFields
	line int
}

type roleFields struct {
	ID    string            `yaml:"id"`
	Names map[string]string `yaml:"names"`
	May   []string          `yaml:"may"`
}

// UnmarshalYAML reads a role, refusing fields that it has not.
func (r *roleSource) UnmarshalYAML(n ast.Node) error {
	r.line = n.GetToken().Position.Line
	return yaml.NodeToValue(n, &r.roleFields, yaml.Strict())
}

var roleID = regexp.MustCompile(`^[a-z][a-z0-9-]{0,31}$`)

// LoadRoles reads the roles of the definitions. Faults are told with file and
// line, all at once.
func LoadRoles(fsys fs.FS) ([]Role, error) {
	b, err := fs.ReadFile(fsys, rolesFile)
	if err != nil {
		return nil, err
	}
	var src rolesSource
	if err := definition.Decode(b, &src); err != nil {
		var ye yaml.Error
		if errors.As(err, &ye) && ye.GetToken() != nil {
			return nil, fmt.Errorf("%s:%d: %s", rolesFile, ye.GetToken().Position.Line, ye.GetMessage())
		}
		return nil, fmt.Errorf("%s: %w", rolesFile, err)
	}
	var faults []error
	var roles []Role
	for _, s := range src.Roles {
		fault := func(format string, args ...any) {
			faults = append(faults, fmt.Errorf("%s:%d: %s", rolesFile, s.line, fmt.Sprintf(format, args...)))
		}
		r := s.role(fault)
		if slices.ContainsFunc(roles, func(o Role) bool { return o.ID == r.ID }) {
			fault("role %s stands twice", r.ID)
		}
		roles = append(roles, r)
	}
	if !slices.ContainsFunc(roles, func(r Role) bool { return slices.Contains(r.May, Users) }) {
		faults = append(faults, fmt.Errorf("%s:1: no role may do %q", rolesFile, Users))
	}
	return roles, errors.Join(faults...)
}

// role checks one role.
func (s *roleSource) role(fault func(string, ...any)) Role {
	r := Role{ID: s.ID, Names: s.Names}
	if !roleID.MatchString(s.ID) {
		fault("%q is no id of a role: small letters, digits and hyphens", s.ID)
	}
	for _, lang := range []string{"en", "zh"} {
		if strings.TrimSpace(s.Names[lang]) == "" {
			fault("role %s has no name in %s", s.ID, lang)
		}
	}
	for _, what := range s.May {
		p := Permission(what)
		switch {
		case !slices.Contains(Permissions, p):
			fault("role %s: there is no permission %q; there are %v", s.ID, what, Permissions)
		case slices.Contains(r.May, p):
			fault("role %s: permission %s stands twice", s.ID, what)
		default:
			r.May = append(r.May, p)
		}
	}
	return r
}
