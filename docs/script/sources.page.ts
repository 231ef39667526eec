// The list of sources: narrowed by what the reader ticks, sorted as chosen. The state stands in the address.

const form = document.querySelector<HTMLFormElement>("#source-facets");
const list = document.querySelector<HTMLOListElement>("#source-list");
const told = document.querySelector<HTMLElement>("#source-count");

if (form && list && told) enhance(form, list, told);

function enhance(form: HTMLFormElement, list: HTMLOListElement, told: HTMLElement): void {
  const entries = [...list.children].filter((entry) => entry instanceof HTMLLIElement);
  restore(form, new URLSearchParams(location.search));
  const filter = form.querySelector("details");
  if (filter) filter.open = form.querySelector("input:checked") !== null;
  const show = (): void => {
    const chosen = state(form);
    const shown = entries.filter((entry) => fits(entry, chosen));
    for (const entry of entries) entry.hidden = !shown.includes(entry);
    list.append(...[...entries].sort(order(chosen.get("sort") ?? "author")));
    told.textContent = count(told, shown.length);
  };
  form.addEventListener("change", () => {
    show();
    remember(state(form));
  });
  form.addEventListener("reset", () => {
    // The boxes are unticked once the event is over.
    setTimeout(() => {
      show();
      remember(state(form));
    });
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
  });
  show();
}

/** What is chosen, without the order that the list has anyway. */
function state(form: HTMLFormElement): URLSearchParams {
  const chosen = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && !(name === "sort" && value === "author")) chosen.append(name, value);
  }
  return chosen;
}

function restore(form: HTMLFormElement, chosen: URLSearchParams): void {
  for (const box of form.querySelectorAll<HTMLInputElement>("input[type=checkbox]")) {
    box.checked = chosen.getAll(box.name).includes(box.value);
  }
  const sort = form.querySelector("select");
  const wanted = chosen.get("sort") ?? "";
  if (sort && [...sort.options].some((option) => option.value === wanted)) sort.value = wanted;
}

function remember(chosen: URLSearchParams): void {
  const query = chosen.toString();
  history.replaceState(history.state, "", `${location.pathname}${query ? `?${query}` : ""}${location.hash}`);
}

/** Whether a source has, of each facet in which something is ticked, one of the values that are. */
function fits(entry: HTMLElement, chosen: URLSearchParams): boolean {
  return [...new Set(chosen.keys())]
    .filter((name) => name !== "sort")
    .every((name) => {
      const value = entry.getAttribute(`data-is-${name}`);
      return value === null || chosen.getAll(name).includes(value);
    });
}

function order(by: string): (one: HTMLElement, other: HTMLElement) => number {
  const byAuthor = (one: HTMLElement, other: HTMLElement): number => said(one, "author").localeCompare(said(other, "author"));
  if (by !== "year" && by !== "claims") return byAuthor;
  return (one, other) => Number(said(other, by)) - Number(said(one, by)) || byAuthor(one, other);
}

function said(entry: HTMLElement, name: string): string {
  return entry.dataset[name] ?? "";
}

function count(told: HTMLElement, n: number): string {
  const words = n === 0 ? told.dataset["none"] : n === 1 ? told.dataset["one"] : told.dataset["many"];
  return (words ?? "").replace("{n}", String(n));
}
