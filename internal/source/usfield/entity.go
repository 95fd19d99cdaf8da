package usfield

import (
	"html"
	"strings"
)

// Entities returns the characters of the entities that a record names: HTML 5's,
// which hold most of the sets of ISO 8879 and ISO 9573-13 that files until 2004
// rest on, and those of ISO's sets of Greek letters beside them. A name that no
// table knows is left out.
func Entities(record []byte) map[string]string {
	out := map[string]string{}
	rest := string(record)
	for {
		_, after, found := strings.Cut(rest, "&")
		if !found {
			return out
		}
		rest = after
		name, _, ended := strings.Cut(after[:min(len(after), 32)], ";")
		if !ended || name == "" || strings.HasPrefix(name, "#") || out[name] != "" {
			continue
		}
		if text := greek[name]; text != "" {
			out[name] = text
		} else if text := html.UnescapeString("&" + name + ";"); !strings.HasSuffix(text, ";") {
			out[name] = text
		}
	}
}

// greek are the sets ISOgrk1, ISOgrk2 (ISO 8879) and ISOgrk4 (ISO 9573-13) with
// their characters of Unicode.
var greek = map[string]string{
	"Agr": "Α", "agr": "α", "Bgr": "Β", "bgr": "β", "Ggr": "Γ", "ggr": "γ", "Dgr": "Δ", "dgr": "δ",
	"Egr": "Ε", "egr": "ε", "Zgr": "Ζ", "zgr": "ζ", "EEgr": "Η", "eegr": "η", "THgr": "Θ", "thgr": "θ",
	"Igr": "Ι", "igr": "ι", "Kgr": "Κ", "kgr": "κ", "Lgr": "Λ", "lgr": "λ", "Mgr": "Μ", "mgr": "μ",
	"Ngr": "Ν", "ngr": "ν", "Xgr": "Ξ", "xgr": "ξ", "Ogr": "Ο", "ogr": "ο", "Pgr": "Π", "pgr": "π",
	"Rgr": "Ρ", "rgr": "ρ", "Sgr": "Σ", "sgr": "σ", "sfgr": "ς", "Tgr": "Τ", "tgr": "τ", "Ugr": "Υ", "ugr": "υ",
	"PHgr": "Φ", "phgr": "φ", "KHgr": "Χ", "khgr": "χ", "PSgr": "Ψ", "psgr": "ψ", "OHgr": "Ω", "ohgr": "ω",

	"Aacgr": "Ά", "aacgr": "ά", "Eacgr": "Έ", "eacgr": "έ", "EEacgr": "Ή", "eeacgr": "ή", "Idigr": "Ϊ", "idigr": "ϊ",
	"Iacgr": "Ί", "iacgr": "ί", "idiagr": "ΐ", "Oacgr": "Ό", "oacgr": "ό", "Udigr": "Ϋ", "udigr": "ϋ",
	"Uacgr": "Ύ", "uacgr": "ύ", "udiagr": "ΰ", "OHacgr": "Ώ", "ohacgr": "ώ",

	"b.alpha": "𝛂", "b.beta": "𝛃", "b.gamma": "𝛄", "b.Gamma": "𝚪", "b.delta": "𝛅", "b.Delta": "𝚫", "b.epsi": "𝛆", "b.epsiv": "𝛜",
	"b.zeta": "𝛇", "b.eta": "𝛈", "b.thetas": "𝛉", "b.Theta": "𝚯", "b.thetav": "𝛝", "b.iota": "𝛊", "b.kappa": "𝛋", "b.kappav": "𝛞",
	"b.lambda": "𝛌", "b.Lambda": "𝚲", "b.mu": "𝛍", "b.nu": "𝛎", "b.xi": "𝛏", "b.Xi": "𝚵", "b.pi": "𝛑", "b.Pi": "𝚷", "b.piv": "𝛡",
	"b.rho": "𝛒", "b.rhov": "𝛠", "b.sigma": "𝛔", "b.Sigma": "𝚺", "b.sigmav": "𝛓", "b.tau": "𝛕", "b.upsi": "𝛖", "b.Upsi": "𝚼",
	"b.phi": "𝛗", "b.Phi": "𝚽", "b.phiv": "𝛟", "b.chi": "𝛘", "b.psi": "𝛙", "b.Psi": "𝚿", "b.omega": "𝛚", "b.Omega": "𝛀",
	"b.gammad": "𝟋", "b.Gammad": "𝟊",
}
