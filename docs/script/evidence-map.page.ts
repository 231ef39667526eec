// Filters on the evidence map: the cells are counted anew, the address holds the selection, a cell opens its claims.

import {
  cellOf,
  distinct,
  type Fact,
  lines,
  meets,
  readColumns,
  readFact,
  type Script,
  size,
  state,
} from "./evidence-map";

const CELL = "cell";
const form = found("map-filters", HTMLFormElement);
const table = found("map-outcomes", HTMLTableElement);
const factTable = found("map-facts", HTMLTableElement);
const dialog = found("map-dialog", HTMLDialogElement);
const status = found("map-shown", HTMLOutputElement);
const script = JSON.parse(table.dataset["script"] ?? "{}") as Script;
const columns = readColumns(factTable);
const factRows = [...factTable.querySelectorAll<HTMLTableRowElement>("tr[data-claim]")];
const facts = factRows.map((row) => readFact(row, columns));
const cells = [...table.querySelectorAll<HTMLTableCellElement>("td[data-row]")];
let shown: readonly Fact[] = facts;
let applied: string | undefined;

function found<T extends HTMLElement>(id: string, type: new () => T): T {
  const element = document.getElementById(id);
  if (!(element instanceof type)) throw new Error(`The page has no ${type.name} #${id}`);
  return element;
}

function make(name: "span" | "small" | "li" | "p", text: string, className = ""): HTMLElement {
  const element = document.createElement(name);
  element.textContent = text;
  if (className) element.className = className;
  return element;
}

// -- the selection

/** What the form holds, without fields that are empty. */
function selected(): URLSearchParams {
  const fields = [...new FormData(form)].map(([name, value]) => [name, typeof value === "string" ? value.trim() : ""]);
  return new URLSearchParams(fields.filter(([, value]) => value !== ""));
}

function fill(selection: URLSearchParams): void {
  for (const field of form.querySelectorAll("input")) {
    if (field.type === "checkbox") field.checked = selection.getAll(field.name).includes(field.value);
    else field.value = selection.get(field.name) ?? "";
  }
}

/** Show a selection; where it is shown already, what has the focus stays in its place. */
function apply(selection: URLSearchParams): void {
  if (applied === selection.toString()) return;
  applied = selection.toString();
  shown = facts.filter((fact) => meets(fact, selection));
  const filtered = selection.size > 0;
  const kept = new Set(shown);
  for (const fact of facts) fact.row.hidden = !kept.has(fact);
  for (const body of factTable.tBodies) body.hidden = body.querySelector("tr[data-claim]:not([hidden])") === null;
  for (const cell of cells) write(cell, filtered);
  tell(filtered);
}

function tell(filtered: boolean): void {
  const said = (script.said["shown"] ?? "")
    .replace("{n}", String(pieces(shown)))
    .replace("{all}", String(pieces(facts)));
  const more = shown.length === 0 ? "filter-nothing" : "shown-filtered";
  status.textContent = filtered ? `${said} ${script.said[more] ?? ""}` : said;
}

/** Facts stand in the table once for each domain; a piece of evidence is one claim and one source. */
function pieces(some: readonly Fact[]): number {
  return distinct(some, (fact) => `${fact.claim} ${fact.source}`).length;
}

// -- cells

function behind(cell: HTMLElement, some: readonly Fact[]): Fact[] {
  const { row = "", column = "" } = cell.dataset;
  return some.filter((fact) => fact.domain === column && fact.on.includes(row));
}

function badge(name: string): HTMLElement {
  const { mark, word } = script.states[name] ?? { mark: "", word: name };
  const sign = make("span", mark);
  sign.ariaHidden = "true";
  const whole = make("span", "", "map-state");
  whole.append(sign, ` ${word}`);
  return whole;
}

function write(cell: HTMLElement, filtered: boolean): void {
  const inside = behind(cell, shown);
  const row = cell.dataset["row"] ?? "";
  const name = state(inside, row, script);
  cell.dataset["state"] = name;
  cell.dataset["much"] = String(size(inside, row, script));
  if (inside.length > 0) {
    const link = document.createElement("a");
    link.href = `#facts-${cell.dataset["column"] ?? ""}`;
    link.ariaHasPopup = "dialog";
    link.append(badge(name), ...lines(inside, row, script).map((line) => make("small", line)));
    cell.replaceChildren(link);
  } else {
    const gone = filtered && behind(cell, facts).length > 0;
    cell.replaceChildren(badge(name), ...(gone ? [make("small", script.said["none-here"] ?? "")] : []));
  }
}

// -- the claims behind a cell

function cellName(cell: HTMLElement): string {
  return `${cell.dataset["row"] ?? ""}.${cell.dataset["column"] ?? ""}`;
}

function open(cell: HTMLTableCellElement): void {
  const inside = behind(cell, shown);
  const title = [cell.parentElement?.firstElementChild, table.tHead?.rows[0]?.cells[cell.cellIndex]];
  found("map-dialog-title", HTMLHeadingElement).textContent = title.map((head) => head?.textContent ?? "").join(" × ");
  const row = cell.dataset["row"] ?? "";
  const told = lines(inside, row, script).filter((line) => line !== "");
  dialog.querySelector(".map-dialog-state")?.replaceChildren(badge(state(inside, row, script)), ` ${told.join("; ")}`);
  const claims = distinct(inside, (fact) => fact.claim);
  const entries = claims.map((claim) => entry(inside.filter((fact) => fact.claim === claim)));
  dialog.querySelector("ul")?.replaceChildren(...entries);
  if (!dialog.open) dialog.showModal();
}

/** A claim as a link, and below it each source with how it bears on the claim. */
function entry(some: readonly Fact[]): HTMLElement {
  const item = make("li", "");
  const [first] = some;
  if (first) item.append(linkIn(first, "claim"));
  for (const fact of some) {
    const line = make("small", "");
    const told = ["direction", "design", "year", "gathered-on"].map((name) => cellOf(fact.row, columns, name));
    const said = told.map((cell) => cell?.textContent ?? "").filter((text) => text !== "");
    line.append(linkIn(fact, "source"), `: ${said.join(", ")}`);
    item.append(line);
  }
  return item;
}

function linkIn(fact: Fact, column: string): Node {
  return cellOf(fact.row, columns, column)?.querySelector("a")?.cloneNode(true) ?? document.createTextNode("");
}

// -- the address

function address(selection: URLSearchParams): string {
  return `${location.pathname}${selection.size > 0 ? `?${selection.toString()}` : ""}`;
}

/** Show what the address says. */
function show(): void {
  const asked = new URLSearchParams(location.search);
  fill(asked);
  const selection = selected();
  const filters = form.querySelector("details");
  if (filters && selection.size > 0) filters.open = true;
  apply(selection);
  const cell = cells.find((one) => cellName(one) === asked.get(CELL));
  if (cell && behind(cell, shown).length > 0) open(cell);
  else dialog.close();
  followInOtherLanguage();
}

/** The other language's page opens with the same selection. */
function followInOtherLanguage(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>("a.language-switch")) link.search = location.search;
}

function choose(): void {
  const selection = selected();
  const to = address(selection);
  if (to !== location.pathname + location.search) history.pushState(null, "", to);
  apply(selection);
  followInOtherLanguage();
}

form.addEventListener("change", choose);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  choose();
});
form.addEventListener("reset", () => {
  setTimeout(choose); // the fields are empty only after this event
});
table.addEventListener("click", (event) => {
  const cell = event.target instanceof Element ? event.target.closest<HTMLTableCellElement>("td[data-row]") : null;
  if (!cell?.querySelector("a") || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const selection = selected();
  selection.set(CELL, cellName(cell));
  history.pushState({ opened: true }, "", address(selection));
  open(cell);
});
dialog.addEventListener("click", (event) => {
  if (event.target === dialog) dialog.close();
});
dialog.addEventListener("close", () => {
  if (!new URLSearchParams(location.search).has(CELL)) return;
  if ((history.state as { opened?: boolean } | null)?.opened) history.back();
  else history.replaceState(null, "", address(selected()));
});
window.addEventListener("popstate", show);
show();

// -- what is shown, as a file

found("map-download", HTMLButtonElement).addEventListener("click", () => {
  const names = [...(factTable.tHead?.rows[0]?.cells ?? [])].map((cell) => cell.textContent);
  const rows = shown.map((fact) => [fact.claim, fact.source, ...[...fact.row.cells].map((cell) => cell.textContent)]);
  const text = [["claim", "source", ...names], ...rows].map((row) => row.map(quoted).join(",")).join("\n");
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([`\ufeff${text}\n`], { type: "text/csv;charset=utf-8" }));
  link.download = script.said["csv-name"] ?? "";
  link.click();
  URL.revokeObjectURL(link.href);
});

/** A text as a field of CSV. */
function quoted(text: string): string {
  const trimmed = text.trim();
  return /[",\n]/.test(trimmed) ? `"${trimmed.replaceAll('"', '""')}"` : trimmed;
}
