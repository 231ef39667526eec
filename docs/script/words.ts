// Words as the search compares them: without capitals and accents, by their stem, and Dutch compounds by their parts too.

import { stemmer as dutch } from "@orama/stemmers/dutch";
import { stemmer as english } from "@orama/stemmers/english";

export type Language = "en" | "nl";

const STEMMERS: Record<Language, (word: string) => string> = {
  en: english,
  nl: (word) => dutch(word.replace(/jes$/, "je")),
};

// Words that say little: a search leaves them out where it has others, and no compound is made of them.
const SMALL = new Set(
  (
    "a an and are as at be by do does for from has have how in is it its not of on or that the their they this to was " +
    "what when which who why will with " +
    "aan als bij dan dat de der des deze die dit door een en er hen het hoe hun ik in is je kan maar met naar niet of " +
    "om onder ook op over te tot uit van voor waar waarom wat welke wie wordt worden zich zijn"
  ).split(" "),
);
const SHORTEST_COMPOUND = 7;
const SHORTEST_HEAD = 3;
const SHORTEST_TAIL = 4;
// What Dutch puts between the parts of a compound.
const LINKS = ["", "s", "en", "n", "e"];

export const isSmall = (word: string): boolean => SMALL.has(word);

/** The words of a text, without capitals, accents and apostrophes. */
export function wordsOf(text: string): string[] {
  const plain = text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  return plain.replace(/['’]s?(?![\p{L}\p{N}])|['’]/gu, "").match(/[\p{L}\p{N}]+/gu) ?? [];
}

const stems: Record<Language, Map<string, string>> = { en: new Map(), nl: new Map() };

export function stem(word: string, language: Language): string {
  let found = stems[language].get(word);
  if (found === undefined) {
    found = STEMMERS[language](word);
    stems[language].set(word, found);
  }
  return found;
}

/** The words that Dutch compounds may be made of. */
export class Vocabulary {
  readonly #words = new Set<string>();
  readonly #stems = new Set<string>();
  readonly #parts = new Map<string, string[]>();

  constructor(words: Iterable<string>) {
    for (const word of words) {
      if (word.length >= SHORTEST_HEAD && !isSmall(word)) {
        this.#words.add(word);
        this.#stems.add(stem(word, "nl"));
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
        const tail = this.#stems.has(stem(rest, "nl")) ? [rest] : this.#split(rest);
        if (tail) {
          return [head, ...tail];
        }
      }
    }
    return undefined;
  }

  #head(start: string): string | undefined {
    return LINKS.filter((link) => start.endsWith(link))
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
