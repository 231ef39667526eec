// Finding entries by words: an exact name first, all words before some, a mistyped word where no word is as typed.

import MiniSearch, { type Query, type SearchResult } from "minisearch";

import { isSmall, stem, Vocabulary, wordsOf, type Language } from "./words";

/** Path, kind, label, text, other names, names in the other language, misspellings; what is empty at the end may lack. */
export type Entry = [string, string, string, string?, string[]?, string[]?, string[]?];

export interface IndexFile {
  words: Record<string, string>;
  kinds: Record<string, [name: string, weight: number]>;
  entries: Entry[];
}

export interface Found {
  path: string;
  kind: string;
  label: string;
  text: string;
  /** The other name by which it was found, if it was not by its label. */
  name: string;
}

export interface Answer {
  found: Found[];
  /** The words and stems that were found. */
  terms: Set<string>;
  /** Nothing had all the words: these have some. */
  partly: boolean;
}

interface Document {
  id: number;
  label: string;
  names: string;
  foreign: string;
  hidden: string;
  text: string;
}

const FIELDS = ["label", "names", "foreign", "hidden", "text"];
const BOOST = { label: 6, names: 4, foreign: 3, hidden: 3, text: 1 };
// Label, other names, names in the other language, misspellings: as written, then by their stems.
const RANKS = 4;
const NO_RANK = 2 * RANKS;
const CHUNK = 60;
// How much of a word may be mistyped.
const MISTYPED = 0.25;
const LEAST_OF_BEST = 0.06;

const stemmed = (words: string[], language: Language): string => words.map((word) => stem(word, language)).join("");

export class SearchIndex {
  readonly #language: Language;
  readonly #other: Language;
  readonly #vocabulary: Vocabulary;
  readonly #entries: Entry[];
  readonly #names = new Map<string, Map<number, number>>();
  readonly #engine: MiniSearch<Document>;
  readonly #known = [new Map<string, string[]>(), new Map<string, string[]>()] as const;

  private constructor(language: Language, vocabulary: Vocabulary, file: IndexFile) {
    this.#language = language;
    this.#other = language === "nl" ? "en" : "nl";
    this.#vocabulary = vocabulary;
    this.#entries = file.entries;
    this.#engine = new MiniSearch<Document>({
      fields: FIELDS,
      tokenize: wordsOf,
      processTerm: (word, field) => this.#forms(word, field === "foreign" || field === "hidden"),
      searchOptions: {
        boost: BOOST,
        boostDocument: (id: number) => file.kinds[this.#entries[id]?.[1] ?? ""]?.[1] ?? 1,
        tokenize: (word) => [word],
        processTerm: (word) => word,
        weights: { fuzzy: 0.2, prefix: 0.4 },
      },
    });
  }

  /** Made a few entries at a time, so that the page stays quick meanwhile. */
  static async of(language: Language, vocabulary: Vocabulary, file: IndexFile): Promise<SearchIndex> {
    const index = new SearchIndex(language, vocabulary, file);
    const documents = file.entries.map((entry, id) => index.#document(entry, id));
    await index.#engine.addAllAsync(documents, { chunkSize: CHUNK });
    return index;
  }

  /** What compounds are made of: the Dutch words of the names of things. */
  static vocabulary(language: Language, entries: readonly Entry[]): Vocabulary {
    const things = entries.filter(([, kind]) => kind !== "source" && kind !== "ask");
    const names = things.flatMap(([, , label, , names = [], foreign = []]) => (language === "nl" ? [label, ...names] : foreign));
    return new Vocabulary(names.flatMap(wordsOf));
  }

  /** Whether some entry has the word as typed, or one that begins with it. */
  knows(word: string): boolean {
    return this.#engine.search(this.#asTyped(word)).length > 0;
  }

  /** The entries that fit, best first; a word that neither this index nor `beside` knows stands for those like it. */
  find(query: string, beside: SearchIndex = this): Answer {
    const all = wordsOf(query);
    const telling = all.filter((word) => word.length > 1 && !isSmall(word));
    const words = telling.length ? telling : all;
    const wanted = words.map((word) => (this.knows(word) || beside.knows(word) ? this.#asTyped(word) : this.#alike(word)));
    let results = this.#engine.search({ combineWith: "AND", queries: wanted });
    const partly = !results.length && words.length > 1;
    if (partly) {
      results = this.#engine.search({ combineWith: "OR", queries: wanted });
    }
    const terms = new Set([...words, ...results.flatMap((result) => result.terms)]);
    return { found: this.#ranked(results, this.#exact(all)), terms, partly };
  }

  /** A word as typed, its stems, what begins with it, or all parts of it. */
  #asTyped(word: string): Query {
    const parts = this.#vocabulary.parts(word).map((part) => stem(part, this.#language));
    const whole: Query[] = parts.length ? [{ combineWith: "AND", prefix: false, queries: parts }] : [];
    return { combineWith: "OR", prefix: word.length > 2, queries: [...this.#stems(word), ...whole] };
  }

  #alike(word: string): Query {
    return { combineWith: "OR", prefix: true, fuzzy: word.length > 3 ? MISTYPED : false, queries: this.#stems(word) };
  }

  #stems(word: string): string[] {
    return [...new Set([word, stem(word, this.#language), stem(word, this.#other)])];
  }

  #document([, , label, text = "", names = [], foreign = [], hidden = []]: Entry, id: number): Document {
    for (const [rank, list] of [[label], names, foreign, hidden].entries()) {
      const language = list === foreign ? this.#other : this.#language;
      for (const name of list) {
        this.#learn(id, rank, wordsOf(name), language);
      }
    }
    return { id, label, names: names.join("\n"), foreign: foreign.join("\n"), hidden: hidden.join("\n"), text };
  }

  /** Remember a name as it is written, and behind that by its stems. */
  #learn(id: number, rank: number, words: string[], language: Language): void {
    const written: [string, number][] = [
      [words.join(""), rank],
      [stemmed(words, language), rank + RANKS],
    ];
    for (const [key, behind] of written) {
      const known = this.#names.get(key) ?? new Map<number, number>();
      this.#names.set(key, known.set(id, Math.min(behind, known.get(id) ?? behind)));
    }
  }

  /** A word as the index holds it: itself, its stem, and the stems of its parts. */
  #forms(word: string, bothLanguages: boolean): string[] {
    const known = this.#known[bothLanguages ? 1 : 0];
    let forms = known.get(word);
    if (!forms) {
      const languages = bothLanguages ? [this.#language, this.#other] : [this.#language];
      const words = [word, ...this.#vocabulary.parts(word)];
      forms = [...new Set([word, ...languages.flatMap((language) => words.map((part) => stem(part, language)))])];
      known.set(word, forms);
    }
    return forms;
  }

  /** How near to the whole of what was asked a name comes, by entry: 0 is its label as written. */
  #exact(words: string[]): Map<number, number> {
    const whole = words.join("");
    const keys = [this.#language, this.#other].flatMap((language) => [stemmed(words, language), stem(whole, language)]);
    const found = new Map<number, number>();
    for (const key of new Set([whole, ...keys])) {
      for (const [id, rank] of this.#names.get(key) ?? []) {
        if (key === whole || rank >= RANKS) {
          found.set(id, Math.min(rank, found.get(id) ?? rank));
        }
      }
    }
    return found;
  }

  /** Names that are what was asked first, then by score; those that hardly fit left out. */
  #ranked(results: SearchResult[], exact: Map<number, number>): Found[] {
    const best = Math.max(0, ...results.map((result) => result.score));
    return results
      .map((result) => ({ result, rank: exact.get(result.id as number) ?? NO_RANK }))
      .filter(({ result, rank }) => rank < NO_RANK || result.score > best * LEAST_OF_BEST)
      .sort((a, b) => a.rank - b.rank || b.result.score - a.result.score)
      .flatMap(({ result }) => this.#found(result));
  }

  #found(result: SearchResult): Found[] {
    const entry = this.#entries[result.id as number];
    if (!entry) {
      return [];
    }
    const [path, kind, label, text = "", names = [], foreign = []] = entry;
    const inLabel = Object.values(result.match).some((fields) => fields.includes("label"));
    const terms = new Set(Object.keys(result.match));
    const name = inLabel ? undefined : [...names, ...foreign].find((n) => wordsOf(n).some((word) => terms.has(word)));
    return [{ path, kind, label, text, name: name ?? "" }];
  }
}
