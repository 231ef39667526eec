// What the evidence map counts, as plain values: the same counts as kb/model/evidence.py and kb/model/gap_matrix.py, on a selection.
// The rules that say what counts come to stand on the page, as data.

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

/** The words and rules of the page, made by kb/pages/subjects/evidence_map.py; designs and directions are in their order. */
export interface Script {
  readonly said: Readonly<Record<string, string>>;
  readonly states: Readonly<Record<string, { readonly mark: string; readonly word: string }>>;
  readonly designs: Readonly<Record<string, string>>;
  readonly directions: readonly string[];
  /** The direction of a study of which the best comparisons differ. */
  readonly differing: string;
  /** The state for each mixture of directions, by their names with a space between. */
  readonly stateOf: Readonly<Record<string, string>>;
  /** How large a mark is by its number of studies and reviews; for more than these as for the last. */
  readonly sizes: readonly number[];
}

/** The place of each column of the table of facts, by its name. */
export type Columns = ReadonlyMap<string, number>;

export function readColumns(table: HTMLTableElement): Columns {
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
  return new Map(heads.map((head) => [head.dataset["column"] ?? "", head.cellIndex]));
}

/** What stands in the column of this name. */
export function cellOf(row: HTMLTableRowElement, columns: Columns, name: string): HTMLTableCellElement | undefined {
  return row.cells[columns.get(name) ?? -1];
}

/** What a row of the table of facts says; a year that is not known is NaN. */
export function readFact(row: HTMLTableRowElement, columns: Columns): Fact {
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
    population: cellOf(row, columns, "population")?.textContent.toLocaleLowerCase() ?? "",
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
export function studies(facts: readonly Fact[], row: string, script: Script): Study[] {
  const counting = facts.filter((fact) => fact.study !== "" && fact.counts.includes(row));
  const names = distinct(counting, (fact) => `${fact.study} ${String(fact.pooled)}`);
  return names.map((name) => {
    const own = counting.filter((fact) => `${fact.study} ${String(fact.pooled)}` === name);
    const best = Math.min(...own.map((fact) => fact.comparison));
    const directions = distinct(own.filter((fact) => fact.comparison === best), (fact) => fact.direction);
    const direction = directions.length === 1 ? (directions[0] ?? "") : script.differing;
    return { pooled: own[0]?.pooled ?? false, direction };
  });
}

/** What studies found, taken together. */
export function state(facts: readonly Fact[], row: string, script: Script): string {
  const found = new Set(studies(facts, row, script).map((study) => study.direction));
  return script.stateOf[script.directions.filter((name) => found.has(name)).join(" ")] ?? "";
}

/** How large the mark of a cell is. */
export function size(facts: readonly Fact[], row: string, script: Script): number {
  const n = studies(facts, row, script).length;
  return script.sizes[Math.min(n, script.sizes.length - 1)] ?? 1;
}

/** What a cell says below its state, a text a line. */
export function lines(facts: readonly Fact[], row: string, script: Script): string[] {
  const sources = distinct(facts, (fact) => fact.source);
  const claims = distinct(facts, (fact) => fact.claim);
  const pooled = studies(facts, row, script).map((study) => study.pooled);
  const much = `${counted(script, "claims", claims.length)}, ${counted(script, "sources", sources.length)}`;
  return [
    state(facts, row, script) === "not-studied" ? (script.said["only-named"] ?? "").replace("{what}", much) : much,
    told(script, [
      ["studies", pooled.filter((one) => !one).length],
      ["reviews", pooled.filter((one) => one).length],
    ]),
    told(script, script.directions.map((name) => [name, count(facts, name)])),
    designs(facts, script),
  ];
}

/** A phrase for a number; there may be one of its own for one. */
function counted(script: Script, name: string, n: number): string {
  const said = (n === 1 ? script.said[`${name}-1`] : undefined) ?? script.said[name] ?? "";
  return said.replace("{n}", String(n));
}

export function distinct(facts: readonly Fact[], of: (fact: Fact) => string): string[] {
  return [...new Set(facts.map(of))];
}

function told(script: Script, counts: readonly (readonly [name: string, n: number])[]): string {
  return counts.flatMap(([name, n]) => (n > 0 ? [counted(script, name, n)] : [])).join(", ");
}

function count(facts: readonly Fact[], direction: string): number {
  return facts.filter((fact) => fact.direction === direction).length;
}

function designs(facts: readonly Fact[], script: Script): string {
  const found = Object.entries(script.designs).map(([name, word]): [string, number] => {
    return [word, distinct(facts.filter((fact) => fact.design === name), (fact) => fact.source).length];
  });
  return found.flatMap(([word, n]) => (n === 0 ? [] : n === 1 ? [word] : [`${word} (${String(n)})`])).join(", ");
}
