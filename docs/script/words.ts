// Words as the search compares them: without capitals and accents, by their stem, and compounds by their parts too. Only
// small words keep their accents: "één" is not "een". What differs from language to language comes with the file of the
// search, from kb/words/CODE/language.toml.

/** What the file of the search says of a language. */
export interface LanguageData {
  /** The script of its stemmer, from the root of the site; "" where it has none. */
  stemmer: string;
  /** Patterns, and what the stemmer is given in their place. */
  beforeStemming: [pattern: string, replacement: string][];
  /** Words that say little, with their accents: left out where there are others, and no compound is made of them. */
  smallWords: string[];
  /** What stands between the parts of compounds; none where the language makes none. */
  compoundLinks: string[];
}

export type Stemmer = (word: string) => string;

const SHORTEST_COMPOUND = 7;
const SHORTEST_HEAD = 3;
const SHORTEST_TAIL = 4;

const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu;
// What a reader does not see, such as the place where a word may be broken.
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;
// An apostrophe and what stands on a keyboard or in a document in its place, with the s of a genitive or plural.
const APOSTROPHE = /['’‘‛`´′‵ʹʻʼʽˈˊˋꞌ＇](?:s(?![\p{L}\p{M}\p{N}]))?/gu;
// "(s)" and "(eren)" behind a word, "(wo)" before one: a form of the word, not a word of its own.
const FORM = /(?<=[\p{L}\p{M}])[([{（［]-?\p{L}{1,4}[)\]}）］]|[([{（［]\p{L}{1,2}[)\]}）］](?=\p{L})/gu;

/** The words of a text, without capitals and apostrophes, with their accents. */
export function wordsOf(text: string): string[] {
  const seen = text.replace(INVISIBLE, "").normalize("NFC").toLowerCase();
  return seen.replace(FORM, "").replace(APOSTROPHE, "").match(WORD) ?? [];
}

/** A word without its accents. */
export function plain(word: string): string {
  return /[^a-z0-9]/.test(word) ? word.normalize("NFD").replace(/[\u0300-\u036f]/g, "") : word;
}

/** A language with its stemmer, which is asked once for each word. */
export class Language {
  readonly #patterns: [RegExp, string][];
  readonly #stemmer: Stemmer;
  readonly #stems = new Map<string, string>();

  constructor(
    readonly code: string,
    readonly data: LanguageData,
    stemmer: Stemmer,
  ) {
    this.#patterns = data.beforeStemming.map(([pattern, replacement]) => [new RegExp(pattern), replacement]);
    this.#stemmer = stemmer;
  }

  stem(word: string): string {
    let found = this.#stems.get(word);
    if (found === undefined) {
      found = this.#stemmer(this.#patterns.reduce((form, [pattern, by]) => form.replace(pattern, by), word));
      this.#stems.set(word, found);
    }
    return found;
  }
}

/** The languages that names stand in, that of the page first. */
export class Languages {
  readonly all: Language[];
  readonly #small: Set<string>;

  constructor(
    readonly own: Language,
    readonly others: Language[],
  ) {
    this.all = [own, ...others];
    this.#small = new Set(this.all.flatMap((language) => language.data.smallWords));
  }

  /** Whether a word, given with its accents, says little. */
  isSmall(word: string): boolean {
    return this.#small.has(word);
  }

  /** A word as it is compared: without accents, but for a sign of them where it would be a small word without. */
  compared(word: string): string {
    return this.looksSmall(word) && !this.isSmall(word) ? `${plain(word)}\u0301` : plain(word);
  }

  /** Whether a word is a small one or differs from one by its accents alone. */
  looksSmall(word: string): boolean {
    return this.isSmall(word) || this.isSmall(plain(word));
  }

  /** What a word comes down to in each of them. */
  stems(word: string): string[] {
    return this.all.map((language) => language.stem(word));
  }
}

/** The words that compounds of a language may be made of. */
export class Vocabulary {
  readonly #words = new Set<string>();
  readonly #stems = new Set<string>();
  readonly #parts = new Map<string, string[]>();

  constructor(
    readonly language: Language,
    words: Iterable<string>,
  ) {
    for (const word of words) {
      if (word.length >= SHORTEST_HEAD) {
        this.#words.add(word);
        this.#stems.add(language.stem(word));
      }
    }
  }

  /** The words that a compound is made of, such as "matching" and "criteria"; none for a word that is no compound. */
  parts(word: string): string[] {
    let found = this.#parts.get(word);
    if (!found) {
      found = word.length < SHORTEST_COMPOUND ? [] : (this.#split(word) ?? []);
      this.#parts.set(word, found);
    }
    return found;
  }

  #split(word: string): string[] | undefined {
    for (let at = word.length - SHORTEST_TAIL; at >= SHORTEST_HEAD; at--) {
      const head = this.#head(word.slice(0, at));
      if (head) {
        const rest = word.slice(at);
        const tail = this.#stems.has(this.language.stem(rest)) ? [rest] : this.#split(rest);
        if (tail) {
          return [head, ...tail];
        }
      }
    }
    return undefined;
  }

  #head(start: string): string | undefined {
    return this.language.data.compoundLinks.filter((link) => start.endsWith(link))
      .map((link) => start.slice(0, start.length - link.length))
      .find((word) => this.#words.has(word));
  }
}

const LONGEST = 64;
const rows = [new Uint8Array(LONGEST + 1), new Uint8Array(LONGEST + 1), new Uint8Array(LONGEST + 1)] as const;

/** How many letters to change, add, leave out or swap to make one word the other; more than `most` is not counted on. */
export function distance(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most || Math.max(one.length, other.length) > LONGEST) {
    return most + 1;
  }
  let [before, last, row] = rows;
  for (let j = 0; j <= other.length; j++) {
    last[j] = j;
  }
  for (let i = 1; i <= one.length; i++) {
    row[0] = i;
    let least = i;
    for (let j = 1; j <= other.length; j++) {
      const same = one.charCodeAt(i - 1) === other.charCodeAt(j - 1) ? 0 : 1;
      let far = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      if (same && i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        far = Math.min(far, (before[j - 2] ?? 0) + 1);
      }
      row[j] = far;
      least = Math.min(least, far);
    }
    if (least > most) {
      return most + 1;
    }
    [before, last, row] = [last, row, before];
  }
  return last[other.length] ?? 0;
}
