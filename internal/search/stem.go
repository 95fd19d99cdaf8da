package search

// Inflections are a matter of questions: the index keeps words as they are
// written, so that patterns see them whole, and a question for a word asks for
// every form with the same stem. The rules are few and only join what is surely
// one word in two forms: plurals, -ed, -ing, and the spelling changes they bring.

// unlikePlurals end in s without being plurals.
var unlikePlurals = map[string]bool{"lens": true, "bias": true, "alias": true, "canvas": true, "always": true, "chaos": true, "atlas": true, "pancreas": true}

func vowel(c byte) bool { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' }

func hasVowel(w string) bool {
	for i := range len(w) {
		if vowel(w[i]) || w[i] == 'y' {
			return true
		}
	}
	return false
}

func ends(w, suffix string) bool {
	return len(w) >= len(suffix) && w[len(w)-len(suffix):] == suffix
}

// stem returns what the forms of an English word share. Words of fewer than four
// letters, or with anything but a to z, are their own stem.
func stem(w string) string {
	if !inflects(w) {
		return w
	}
	w = unparticiple(singular(w))
	n := len(w)
	if n >= 4 && w[n-1] == 'y' && !vowel(w[n-2]) {
		return w[:n-1] + "i"
	}
	if n >= 5 && w[n-1] == 'e' {
		w, n = w[:n-1], n-1
	}
	if n >= 4 && w[n-1] == w[n-2] && !vowel(w[n-1]) {
		w = w[:n-1]
	}
	return w
}

func inflects(w string) bool {
	if len(w) < 4 {
		return false
	}
	for i := range len(w) {
		if w[i] < 'a' || w[i] > 'z' {
			return false
		}
	}
	return true
}

func singular(w string) string {
	n := len(w)
	if w[n-1] != 's' || unlikePlurals[w] {
		return w
	}
	switch {
	case n >= 5 && ends(w, "ies"):
		return w[:n-2]
	case n >= 5 && (ends(w, "xes") || ends(w, "ches") || ends(w, "shes")):
		return w[:n-2]
	case w[n-2] == 's' || w[n-2] == 'u' || w[n-2] == 'i':
		return w
	}
	return w[:n-1]
}

func unparticiple(w string) string {
	n := len(w)
	cut := 0
	switch {
	case n >= 5 && ends(w, "ied"):
		return w[:n-2]
	case ends(w, "ing"):
		cut = 3
	case ends(w, "ed") && !ends(w, "eed"):
		cut = 2
	default:
		return w
	}
	b := w[:n-cut]
	if len(b) < 3 || !hasVowel(b) {
		return w
	}
	if len(b) == 3 && !vowel(b[0]) && vowel(b[1]) && !vowel(b[2]) && b[2] != 'w' && b[2] != 'x' && b[2] != 'y' {
		return b + "e" // coded is of code, not of cod
	}
	return b
}

var endings = [...]string{"", "s", "es", "ed", "ing", "eds", "ings"}

// Forms returns the words that a question for a word of the index finds: the word
// itself, in lower case as [Analyse] gives it, and all its other English forms.
func Forms(word string) []string { return forms(word) }

// forms returns w and every other word that could have w's stem.
func forms(w string) []string {
	s := stem(w)
	out := []string{w}
	if !inflects(w) && !inflects(w+"s") {
		return out
	}
	add := func(x string) {
		if stem(x) != s {
			return
		}
		for _, o := range out {
			if o == x {
				return
			}
		}
		out = append(out, x)
	}
	base := func(b string) {
		for _, e := range endings {
			add(b + e)
		}
		if n := len(b); n > 1 && b[n-1] == 'e' {
			add(b[:n-1] + "ed")
			add(b[:n-1] + "ing")
			add(b[:n-1] + "eds")
			add(b[:n-1] + "ings")
		}
	}
	n := len(s)
	base(s)
	base(s + "e")
	base(s + s[n-1:])
	base(s + s[n-1:] + "e")
	if s[n-1] == 'i' {
		base(s[:n-1] + "y")
	}
	return out
}
