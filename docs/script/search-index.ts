// Finding entries by words: an exact name first, all words before some, a mistyped word where no word is as typed. Small
// words alone, such as "een op een", are looked for as they stand one after another.

import { distance, plain, Vocabulary, wordsOf, type Language, type LanguageData, type Languages } from "./words";

// The files are made by kb/pages/search_index.py.

/** What is found; what is empty is left out. */
export interface Entry {
  path: string;
  kind: string;
  label: string;
  text?: string;
  /** Other names. */
  names?: string[];
  /** Names in other languages, by their codes. */
  foreign?: Record<string, string[]>;
  /** Misspellings. */
  hidden?: string[];
}

export interface IndexFile {
  kinds: Record<string, { name: string; weight: number }>;
  entries: Entry[];
}

/** The file of the things, which comes first: what the window says and how words are compared stand in it too. */
export interface ThingsFile extends IndexFile {
  words: Record<string, string>;
  language: string;
  languages: Record<string, LanguageData>;
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
  /** Whether a word, given with its accents, is one of those that were found, in any of its forms. */
  isFound: (word: string) => boolean;
  /** Nothing had all the words: these have some. */
  partly: boolean;
}

/** For each entry that fits, how well. */
type Scores = Map<number, number>;
/** Whether a name has what was looked for. */
type Fits = (name: string) => boolean;

const LABEL = { rank: 0, weight: 6 };
const NAME = { rank: 1, weight: 4 };
const FOREIGN = { rank: 2, weight: 3 };
const HIDDEN = { rank: 3, weight: 3 };
const TEXT = 1;
// A name as it is written comes before one with the same stems.
const RANKS = 4;
const NO_RANK = 2 * RANKS;
const STEM = 0.9;
const PART = 0.6;
const PREFIX = 0.5;
const MISTYPED = 0.4;
// How many letters of a word must be there before it may be the start of a longer one.
const SHORTEST_START = 2;
const CHUNK = 100;

const stemmed = (words: string[], language: Language): string => words.map((word) => language.stem(word)).join("");

function append(lists: Map<string, number[]>, key: string, id: number, value: number): void {
  const pairs = lists.get(key);
  if (pairs) {
    pairs.push(id, value);
  } else {
    lists.set(key, [id, value]);
  }
}

function* each(pairs: readonly number[]): Generator<[id: number, value: number]> {
  for (let at = 0; at < pairs.length; at += 2) {
    yield [pairs[at] ?? 0, pairs[at + 1] ?? 0];
  }
}

/** What all have, with what becomes of its scores. */
function common(all: Scores[], join: (scores: number[]) => number): Scores {
  const [first = new Map<number, number>()] = all;
  const ids = [...first.keys()].filter((id) => all.every((one) => one.has(id)));
  return new Map(ids.map((id) => [id, join(all.map((one) => one.get(id) ?? 0))]));
}

/** What either has, with the better of its scores. */
function better(one: Scores, other: Scores): Scores {
  for (const [id, score] of other) {
    one.set(id, Math.max(score, one.get(id) ?? 0));
  }
  return one;
}

/** What an entry may be found by, each with its weight. */
function linesOf({ label, names = [], foreign = {}, hidden = [], text = "" }: Entry): [line: string, weight: number][] {
  const weighing = (lines: string[], weight: number): [string, number][] => lines.map((line) => [line, weight]);
  return [
    ...weighing([label], LABEL.weight),
    ...weighing(names, NAME.weight),
    ...weighing(Object.values(foreign).flat(), FOREIGN.weight),
    ...weighing(hidden, HIDDEN.weight),
    ...weighing([text], TEXT),
  ];
}

/** How well words hold others one after another; 0 where they do not. */
function holding(words: readonly string[], asked: readonly string[]): number {
  const last = asked.length - 1;
  const fits = words.map((_, at) =>
    Math.min(...asked.map((word, step) => likeness(words[at + step] ?? "", word, step === last))),
  );
  return Math.max(0, ...fits);
}

/** How well a word fits what was asked: whole or, if it may, by its start; without accents where none were asked. */
function likeness(word: string, asked: string, isStart: boolean): number {
  if (plain(asked) !== asked && plain(word) === word) {
    return 0;
  }
  if (plain(word) === plain(asked)) {
    return 1;
  }
  return isStart && asked.length >= SHORTEST_START && plain(word).startsWith(plain(asked)) ? PREFIX : 0;
}

/** How much each of so many words weighs. */
const share = (weight: number, words: number): number => weight / (1 + Math.log(1 + words));

export class SearchIndex {
  readonly #languages: Languages;
  readonly #vocabularies: Vocabulary[];
  readonly #file: IndexFile;
  // Both hold pairs in one list, entry and weight or rank: quick to make, light to keep.
  readonly #names = new Map<string, number[]>();
  readonly #terms = new Map<string, number[]>();

  private constructor(languages: Languages, vocabularies: Vocabulary[], file: IndexFile) {
    this.#languages = languages;
    this.#vocabularies = vocabularies;
    this.#file = file;
  }

  /** The index of the names alone, which is soon made; `addTexts` adds the rest. */
  static async ofNames(languages: Languages, vocabularies: Vocabulary[], file: IndexFile): Promise<SearchIndex> {
    const index = new SearchIndex(languages, vocabularies, file);
    await index.#each((id, entry) => {
      index.#addNames(id, entry);
    });
    return index;
  }

  async addTexts(): Promise<void> {
    await this.#each((id, { text = "" }) => {
      this.#addWords(id, wordsOf(text), TEXT, this.#languages.own);
    });
  }

  /** Some entries at a time, so that the page stays quick meanwhile. */
  async #each(add: (id: number, entry: Entry) => void): Promise<void> {
    for (const [id, entry] of this.#file.entries.entries()) {
      add(id, entry);
      if (id % CHUNK === CHUNK - 1) {
        await new Promise((resume) => setTimeout(resume));
      }
    }
  }

  /** What compounds are made of, in each language that has them: its words in the names of things. */
  static vocabularies(languages: Languages, entries: readonly Entry[]): Vocabulary[] {
    const things = entries.filter(({ kind }) => kind !== "source" && kind !== "ask");
    const compounding = languages.all.filter((language) => language.data.compoundLinks.length > 0);
    return compounding.map((language) => {
      const names = things.flatMap(({ label, names = [], foreign = {} }) =>
        language === languages.own ? [label, ...names] : (foreign[language.code] ?? []),
      );
      return new Vocabulary(language, names.flatMap(wordsOf).filter((word) => !languages.isSmall(word)).map(plain));
    });
  }

  #addNames(id: number, { label, names = [], foreign = {}, hidden = [] }: Entry): void {
    const { own, others } = this.#languages;
    this.#addAll(id, [label], LABEL, own);
    this.#addAll(id, names, NAME, own);
    for (const language of others) {
      this.#addAll(id, foreign[language.code] ?? [], FOREIGN, language);
    }
    this.#addAll(id, hidden, HIDDEN, own);
  }

  #addAll(id: number, names: string[], { rank, weight }: typeof LABEL, language: Language): void {
    for (const words of names.map(wordsOf).filter((all) => all.length > 0)) {
      this.#addWords(id, words, weight, language);
      this.#addName(id, rank, words.map(plain), language);
    }
  }

  #addWords(id: number, words: string[], weight: number, language: Language): void {
    const each = share(weight, words.length);
    for (const word of words) {
      if (!this.#languages.isSmall(word)) {
        this.#addWord(id, this.#languages.compared(word), each, language);
      }
    }
  }

  #addWord(id: number, word: string, weight: number, language: Language): void {
    this.#addTerm(id, word, weight);
    this.#addTerm(id, language.stem(word), weight * STEM);
    for (const vocabulary of this.#vocabularies) {
      for (const part of vocabulary.parts(word).filter((one) => !this.#languages.isSmall(one))) {
        this.#addTerm(id, part, weight * PART);
        this.#addTerm(id, vocabulary.language.stem(part), weight * PART);
      }
    }
  }

  #addTerm(id: number, term: string, weight: number): void {
    const pairs = this.#terms.get(term);
    if (!pairs) {
      this.#terms.set(term, [id, weight]);
    } else if (pairs[pairs.length - 2] !== id) {
      pairs.push(id, weight);
    } else if (weight > (pairs[pairs.length - 1] ?? 0)) {
      pairs[pairs.length - 1] = weight;
    }
  }

  #addName(id: number, rank: number, words: string[], language: Language): void {
    const [written, stems] = [words.join(""), stemmed(words, language)];
    append(this.#names, written, id, rank);
    append(this.#names, stems, id, rank + RANKS);
  }

  /** The entries that fit, best first; only a word that neither this index nor `beside` knows stands for those like it. */
  find(query: string, beside: SearchIndex = this): Answer {
    const all = wordsOf(query);
    if (all.every((word) => this.#languages.looksSmall(word))) {
      return this.#findSmall(all);
    }
    const telling = all.filter((word) => !this.#languages.isSmall(word)).map((word) => this.#languages.compared(word));
    const terms = new Set<string>();
    const scores = telling.map((word) => {
      const asTyped = this.#asTyped(word);
      const ofParts = this.#ofParts(word, terms);
      const known = asTyped.size > 0 || ofParts.size > 0 || (beside !== this && beside.#asTyped(word).size > 0);
      return better(this.#scores(known ? asTyped : this.#alike(word), terms), ofParts);
    });
    const whole = common(scores, () => 0);
    const exact = this.#exact(all.map(plain));
    const partly = !whole.size && !exact.size && scores.length > 1;
    const ids = partly ? scores.flatMap((one) => [...one.keys()]) : [...whole.keys(), ...exact.keys()];
    const has = (name: string): boolean => wordsOf(name).some((word) => this.#isOneOf(word, terms));
    const typed = (name: string): boolean => wordsOf(name).some((word) => telling.includes(this.#languages.compared(word)));
    const found = this.#entries(this.#ranked(new Set(ids), scores, exact)).map((entry) => this.#found(entry, has, typed));
    return { found, isFound: (word) => this.#isOneOf(word, terms), partly };
  }

  /** The entries that hold small words one after another, best first; none where there are no words. */
  #findSmall(asked: string[]): Answer {
    const scores = this.#holding(asked);
    const exact = this.#exact(asked.map(plain));
    const has = (name: string): boolean => holding(wordsOf(name), asked) > 0;
    const ids = new Set([...scores.keys(), ...exact.keys()]);
    const found = this.#entries(this.#ranked(ids, [scores], exact)).map((entry) => this.#found(entry, has, has));
    const isFound = (word: string): boolean => asked.some((one, at) => likeness(word, one, at === asked.length - 1) > 0);
    return { found, isFound, partly: false };
  }

  /** For each entry that holds these words one after another, how well; none for a single letter. */
  #holding(asked: string[]): Scores {
    const entries = asked.join("").length < SHORTEST_START ? [] : this.#file.entries;
    const scores = entries.map((entry, id): [number, number] => [id, Math.max(...linesOf(entry).map(scored))]);
    return new Map(scores.filter(([, score]) => score > 0));

    function scored([line, weight]: [string, number]): number {
      const words = wordsOf(line);
      return share(weight, words.length) * holding(words, asked);
    }
  }

  #entries(ids: number[]): Entry[] {
    return ids.flatMap((id) => this.#file.entries[id] ?? []);
  }

  /** The terms that a word stands for, each with how well: itself, its stems, what begins with it. */
  #asTyped(word: string): Map<string, number> {
    const found = new Map<string, number>();
    if (word.length >= SHORTEST_START) {
      for (const term of this.#terms.keys()) {
        if (term.startsWith(word)) {
          found.set(term, (PREFIX * word.length) / term.length);
        }
      }
    }
    for (const stem of this.#languages.stems(word).filter((form) => this.#terms.has(form))) {
      found.set(stem, STEM);
    }
    return this.#terms.has(word) ? found.set(word, 1) : found;
  }

  /** What has all parts of a compound, as words of their own or in other compounds. */
  #ofParts(word: string, terms: Set<string>): Scores {
    return this.#vocabularies
      .map((vocabulary) => {
        const parts = vocabulary.parts(word).map((part) => this.#scores(this.#whole(part, vocabulary.language), terms));
        return common(parts, (weights) => (PART * weights.reduce((sum, one) => sum + one, 0)) / weights.length);
      })
      .reduce(better, new Map<number, number>());
  }

  #whole(word: string, language: Language): Map<string, number> {
    return new Map([word, language.stem(word)].filter((form) => this.#terms.has(form)).map((form) => [form, STEM]));
  }

  #alike(word: string): Map<string, number> {
    const most = word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
    const found = new Map<string, number>();
    for (const form of most ? new Set([word, ...this.#languages.stems(word)]) : []) {
      for (const term of this.#terms.keys()) {
        const far = distance(form, term, most);
        if (far <= most) {
          found.set(term, Math.max(MISTYPED / (far || 1), found.get(term) ?? 0));
        }
      }
    }
    return found;
  }

  /** For each entry that has one of the terms, how well the best of them fits; notes the terms. */
  #scores(wanted: Map<string, number>, terms: Set<string>): Scores {
    const found: Scores = new Map();
    for (const [term, quality] of wanted) {
      const pairs = this.#terms.get(term) ?? [];
      const rare = Math.log(1 + (2 * this.#file.entries.length) / pairs.length);
      terms.add(term);
      for (const [id, weight] of each(pairs)) {
        found.set(id, Math.max(weight * quality * rare, found.get(id) ?? 0));
      }
    }
    return found;
  }

  /** How near to the whole of what was asked a name comes, by entry: 0 is its label as written. */
  #exact(words: string[]): Map<number, number> {
    const whole = words.join("");
    const keys = this.#languages.all.flatMap((language) => [stemmed(words, language), language.stem(whole)]);
    const found = new Map<number, number>();
    for (const key of new Set([whole, ...keys])) {
      for (const [id, rank] of each(this.#names.get(key) ?? [])) {
        if (key === whole || rank >= RANKS) {
          found.set(id, Math.min(rank, found.get(id) ?? rank));
        }
      }
    }
    return found;
  }

  #ranked(ids: Set<number>, scores: Scores[], exact: Map<number, number>): number[] {
    const order = [...ids].map((id) => {
      const had = scores.flatMap((one) => one.get(id) ?? []);
      const weight = this.#file.kinds[this.#file.entries[id]?.kind ?? ""]?.weight ?? 1;
      return { id, rank: exact.get(id) ?? NO_RANK, had: had.length, score: weight * had.reduce((sum, one) => sum + one, 0) };
    });
    return order.sort((a, b) => a.rank - b.rank || b.had - a.had || b.score - a.score).map(({ id }) => id);
  }

  #found({ path, kind, label, text = "", names = [], foreign = {} }: Entry, has: Fits, typed: Fits): Found {
    const others = has(label) ? [] : [...names, ...Object.values(foreign).flat()];
    const name = others.find(typed) ?? others.find(has);
    return { path, kind, label, text, name: name ?? "" };
  }

  #isOneOf(written: string, terms: Set<string>): boolean {
    const word = this.#languages.compared(written);
    return terms.has(word) || this.#languages.stems(word).some((form) => terms.has(form));
  }
}
