// What the evidence map counts, as plain values: the same rules as kb/evidence.py and kb/gap_matrix.py, on a selection.

export interface Fact {
  readonly row: HTMLTableRowElement;
  readonly claim: string;
  readonly source: string;
  readonly direction: string;
  readonly directness: string;
  readonly design: string;
  readonly study: string;
  readonly pooled: boolean;
  readonly comparison: number;
  readonly counts: readonly string[];
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
    study: of("study"),
    pooled: of("pooled") === "yes",
    comparison: Number(of("comparison")),
    counts: of("counts").split(" "),
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

interface Study {
  readonly pooled: boolean;
  readonly direction: string;
}

/** The studies and reviews of one row among the facts: each once, in the direction of its best comparison. */
export function studies(facts: readonly Fact[], row: string): Study[] {
  const counting = facts.filter((fact) => fact.study !== "" && fact.counts.includes(row));
  const names = distinct(counting, (fact) => `${fact.study} ${String(fact.pooled)}`);
  return names.map((name) => {
    const own = counting.filter((fact) => `${fact.study} ${String(fact.pooled)}` === name);
    const best = Math.min(...own.map((fact) => fact.comparison));
    const directions = distinct(own.filter((fact) => fact.comparison === best), (fact) => fact.direction);
    const direction = directions.length === 1 ? (directions[0] ?? "") : "Qualifies";
    return { pooled: own[0]?.pooled ?? false, direction };
  });
}

/** What studies found, taken together. */
export function state(facts: readonly Fact[], row: string): string {
  const found = new Set(studies(facts, row).map((study) => study.direction));
  if (found.size === 0) return "not-studied";
  if (found.size === 1 && found.has("NoEffectFound")) return "no-effect";
  if (found.size === 1 && found.has("Contradicts")) return "against";
  const against = found.has("Contradicts") || found.has("NoEffectFound");
  return found.has("Supports") && !against ? "supported" : "mixed";
}

/** How large the mark of a cell is: 1 for up to one study or review, 2 for up to three, 3 for more. */
export function much(facts: readonly Fact[], row: string): number {
  const n = studies(facts, row).length;
  return 1 + Number(n > 1) + Number(n > 3);
}

/** What a cell says below its state, a text a line. */
export function lines(facts: readonly Fact[], row: string, words: Words): string[] {
  const sources = distinct(facts, (fact) => fact.source);
  const claims = distinct(facts, (fact) => fact.claim);
  const pooled = studies(facts, row).map((study) => study.pooled);
  const much = `${counted(words, "claims", claims.length)}, ${counted(words, "sources", sources.length)}`;
  return [
    state(facts, row) === "not-studied" ? (words.said["only-named"] ?? "").replace("{what}", much) : much,
    told(words, [
      ["studies", pooled.filter((one) => !one).length],
      ["reviews", pooled.filter((one) => one).length],
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

function count(facts: readonly Fact[], direction: string): number {
  return facts.filter((fact) => fact.direction === direction).length;
}

function designs(facts: readonly Fact[], words: Words): string {
  const found = Object.entries(words.designs).map(([name, word]): [string, number] => {
    return [word, distinct(facts.filter((fact) => fact.design === name), (fact) => fact.source).length];
  });
  return found.flatMap(([word, n]) => (n === 0 ? [] : n === 1 ? [word] : [`${word} (${String(n)})`])).join(", ");
}
