// What the evidence map counts, as plain values: the same rules as kb/evidence.py and kb/gap_matrix.py, on a selection.

export interface Fact {
  readonly row: HTMLTableRowElement;
  readonly claim: string;
  readonly source: string;
  readonly direction: string;
  readonly directness: string;
  readonly design: string;
  readonly study: boolean;
  readonly for: readonly string[];
  readonly language: string;
  readonly from: number;
  readonly to: number;
  readonly on: readonly string[];
  readonly domain: string;
  readonly population: string;
}

export interface Words {
  readonly said: Readonly<Record<string, string>>;
  readonly states: Readonly<Record<string, readonly [mark: string, word: string]>>;
  readonly designs: Readonly<Record<string, string>>;
}

/** What a row of the table of facts says; a year that is not known is NaN. */
export function readFact(row: HTMLTableRowElement): Fact {
  const of = (name: string): string => row.dataset[name] ?? "";
  const year = (name: string): number => (of(name) === "" ? NaN : Number(of(name)));
  return {
    row,
    claim: of("claim"),
    source: of("source"),
    direction: of("direction"),
    directness: of("directness"),
    design: of("design"),
    study: of("study") === "yes",
    for: of("for").split(" "),
    language: of("language"),
    from: year("from"),
    to: year("to"),
    on: of("on").split(" "),
    domain: of("domain"),
    population: row.cells.item(row.cells.length - 1)?.textContent.toLocaleLowerCase() ?? "",
  };
}

/** Whether a fact meets a selection; within a filter one value is enough, and every filter that is set must be met. */
export function meets(fact: Fact, selection: URLSearchParams): boolean {
  const chosen = (name: string, values: readonly string[]): boolean => {
    const wanted = selection.getAll(name);
    return wanted.length === 0 || values.some((value) => wanted.includes(value));
  };
  const group = (selection.get("group") ?? "").trim().toLocaleLowerCase();
  return (
    chosen("for", fact.for) &&
    chosen("directness", [fact.directness]) &&
    chosen("design", [fact.design]) &&
    chosen("language", [fact.language]) &&
    (!selection.has("from") || fact.to >= Number(selection.get("from"))) &&
    (!selection.has("to") || fact.from <= Number(selection.get("to"))) &&
    fact.population.includes(group)
  );
}

/** The state of the evidence by the rubric: what the studies among the facts found. */
export function state(facts: readonly Fact[]): string {
  const found = new Set(facts.filter((fact) => fact.study).map((fact) => fact.direction));
  if (found.size === 0) return "NotStudied";
  if (found.has("Contradicts")) return "MixedOrDisputed";
  if (found.has("NoEffectFound")) return found.size === 1 ? "NoEffectFound" : "MixedOrDisputed";
  return found.has("Supports") ? "Supported" : "MixedOrDisputed";
}

/** How large the mark of a cell is: 1 for up to one study, 2 for up to three, 3 for more. */
export function much(facts: readonly Fact[]): number {
  const studies = distinct(facts.filter((fact) => fact.study), (fact) => fact.source).length;
  return 1 + Number(studies > 1) + Number(studies > 3);
}

/** What a cell says below its state, a text a line. */
export function lines(facts: readonly Fact[], words: Words): string[] {
  const sources = distinct(facts, (fact) => fact.source);
  const direct = sourcesThatAre("direct", facts);
  const borrowed = sourcesThatAre("borrowed", facts).filter((source) => !direct.includes(source));
  const claims = distinct(facts, (fact) => fact.claim);
  const much = `${counted(words, "claims", claims.length)}, ${counted(words, "sources", sources.length)}`;
  return [
    state(facts) === "NotStudied" ? (words.said["only-named"] ?? "").replace("{what}", much) : much,
    told(words, [
      ["direct", direct.length],
      ["borrowed", borrowed.length],
      ["open", sources.length - direct.length - borrowed.length],
    ]),
    told(words, ["Supports", "Qualifies", "Contradicts", "NoEffectFound"].map((name) => [name, count(facts, name)])),
    designs(facts, words),
  ];
}

/** A phrase for a number; there may be one of its own for one. */
function counted(words: Words, name: string, n: number): string {
  const said = (n === 1 ? words.said[`${name}-1`] : undefined) ?? words.said[name] ?? "";
  return said.replace("{n}", String(n));
}

export function distinct(facts: readonly Fact[], of: (fact: Fact) => string): string[] {
  return [...new Set(facts.map(of))];
}

function told(words: Words, counts: readonly (readonly [name: string, n: number])[]): string {
  return counts.flatMap(([name, n]) => (n > 0 ? [counted(words, name, n)] : [])).join(", ");
}

function sourcesThatAre(directness: string, facts: readonly Fact[]): string[] {
  return distinct(facts.filter((fact) => fact.directness === directness), (fact) => fact.source);
}

function count(facts: readonly Fact[], direction: string): number {
  return facts.filter((fact) => fact.direction === direction).length;
}

function designs(facts: readonly Fact[], words: Words): string {
  const found = Object.entries(words.designs).map(([name, word]): [string, number] => {
    return [word, distinct(facts.filter((fact) => fact.design === name), (fact) => fact.source).length];
  });
  return found.flatMap(([word, n]) => (n === 0 ? [] : n === 1 ? [word] : [`${word} (${String(n)})`])).join(", ");
}
