package region

import (
	"maps"
	"slices"
	"unicode/utf8"

	"onewindow/internal/date"
)

// Kind is what sort of unit a unit is.
type Kind string

// The kinds of unit.
const (
	Province   Kind = "province"    // 省, 自治区, 直辖市
	City       Kind = "city"        // 设区市, 地级市
	District   Kind = "district"    // 市辖区
	County     Kind = "county"      // 县, 自治县
	CountyCity Kind = "county_city" // 县级市
	Zone       Kind = "zone"        // development zone with a statistical code, which GB/T 2260 has not
)

// Level is how deep a unit stands.
type Level uint8

// The levels, from the widest.
const (
	ProvinceLevel Level = 1
	CityLevel     Level = 2
	CountyLevel   Level = 3
)

var levels = map[Kind]Level{
	Province: ProvinceLevel, City: CityLevel,
	District: CountyLevel, County: CountyLevel, CountyCity: CountyLevel, Zone: CountyLevel,
}

// Unit is an administrative unit of the pack's province, in force or abolished.
type Unit struct {
	Code       string            // GB/T 2260, six digits
	Kind       Kind              //
	Parent     string            // code of the unit above, empty for the province
	Names      map[string]string // by language, BCP 47
	Former     []string          // names and spellings that it bore before, as good as its own
	Aliases    []string          // names of parts and zones that mean the unit wherever they stand
	Local      []string          // names that mean the unit only directly after its city's name
	Postcodes  []string          // prefixes that belong to this unit alone
	ValidFrom  date.Date         // first day in force, zero when not recorded
	ValidTo    date.Date         // last day in force, zero while it is
	Successors []string          // codes of the units that took over its area
}

// Level returns how deep the unit stands.
func (u *Unit) Level() Level { return levels[u.Kind] }

// Valid reports whether the unit was in force on the day; without a day,
// whether it is in force now.
func (u *Unit) Valid(on date.Date) bool {
	if on == 0 {
		return u.ValidTo == 0
	}
	return on >= u.ValidFrom && (u.ValidTo == 0 || on <= u.ValidTo)
}

// suffixes end the Chinese names of units and are left out in daily use.
var suffixes = [...]string{"市", "区", "县", "省"}

// Short returns a Chinese name without its suffix (昆山 of 昆山市), and the name
// itself where too little would remain (丰县).
func Short(name string) string {
	for _, s := range suffixes {
		if n := len(name) - len(s); n > 0 && name[n:] == s && utf8.RuneCountInString(name[:n]) > 1 {
			return name[:n]
		}
	}
	return name
}

// englishKinds follow the English names of units: Kunshan City.
var englishKinds = map[Kind][]string{
	Province: {"Province"}, City: {"City"}, CountyCity: {"City", "County-level City"},
	District: {"District"}, County: {"County"},
}

// spellings returns every name of the unit: full names, short names, English
// names with their kind, former names, aliases.
func (u *Unit) spellings() []string {
	var all []string
	for _, lang := range slices.Sorted(maps.Keys(u.Names)) {
		name := u.Names[lang]
		all = append(all, name)
		switch lang {
		case "zh":
			if short := Short(name); short != name {
				all = append(all, short)
			}
		case "en":
			for _, kind := range englishKinds[u.Kind] {
				all = append(all, name+" "+kind)
			}
		}
	}
	return slices.Concat(all, u.Former, u.Aliases)
}
