// The search: a window over the page, opened by its button, by / or Ctrl-K, or by an address that ends in ?q=words.

import { element, replaceContent } from "./element";
import { SearchIndex, type Answer, type Found, type IndexFile, type ThingsFile } from "./search-index";
import { Language, Languages, wordsOf, type Stemmer, type Vocabulary } from "./words";

const MOST_THINGS = 25;
const MOST_STATEMENTS = 15;
const SLASH = "search-slash";

interface Loaded {
  file: ThingsFile;
  things: SearchIndex;
  /** Comes later: there are many. */
  statements?: SearchIndex;
  statementKinds: IndexFile["kinds"];
}

async function fetched<Kind extends IndexFile>(address: string): Promise<Kind> {
  const response = await fetch(address);
  if (!response.ok) {
    throw new Error(`${address}: ${String(response.status)}`);
  }
  return (await response.json()) as Kind;
}

async function stemmerAt(address: URL): Promise<Stemmer> {
  const script = (await import(address.href)) as { stemmer: Stemmer };
  return script.stemmer;
}

/** The languages of the file with their stemmers, whose addresses start at the root of the site. */
async function languagesOf({ language, languages }: ThingsFile, root: URL): Promise<Languages> {
  const made = Object.entries(languages).map(async ([code, data]) => {
    const stemmer = data.stemmer ? await stemmerAt(new URL(data.stemmer, root)) : (word: string): string => word;
    return new Language(code, data, stemmer);
  });
  const all = await Promise.all(made);
  const own = all.find(({ code }) => code === language);
  if (!own) {
    throw new Error(`The search does not know the language of its page, ${language}`);
  }
  return new Languages(own, all.filter((one) => one !== own));
}

class SearchWindow {
  readonly #button: HTMLAnchorElement;
  readonly #name: string;
  readonly #root: URL;
  readonly #input = element("input", {
    type: "search",
    id: "search-input",
    className: "search-window__input",
    autocomplete: "off",
    spellcheck: false,
    role: "combobox",
    ariaExpanded: "false",
    ariaAutoComplete: "list",
  });
  readonly #told = element("p", { className: "search-window__told", role: "status" });
  readonly #list = element("div", { id: "search-results", className: "search-window__results", role: "listbox", ariaBusy: "true" });
  readonly #close = element("button", { type: "button", className: "search-window__close", textContent: "×" });
  readonly #all = element("a", {});
  readonly #slash = element("input", { type: "checkbox" });
  readonly #slashWords = element("span", {});
  readonly #window: HTMLDialogElement;
  #loading: Promise<void> | undefined;
  #loaded: Loaded | undefined;
  #active = -1;
  #following = false;
  /** The words whose results are shown. */
  #shown = "";

  constructor(button: HTMLAnchorElement) {
    this.#button = button;
    this.#name = button.textContent.trim();
    this.#root = new URL(button.dataset["searchRoot"] ?? "./", document.baseURI);
    this.#input.setAttribute("aria-controls", this.#list.id);
    for (const part of [this.#input, this.#list]) {
      part.ariaLabel = this.#name;
    }
    this.#input.enterKeyHint = "go";
    this.#all.href = button.href;
    this.#slash.checked = kept(SLASH) !== "off";
    const form = element("form", { className: "search-window__form", role: "search" }, this.#input, this.#close);
    const slash = element("label", { className: "search-window__slash" }, this.#slash, this.#slashWords);
    const foot = element("p", { className: "search-window__foot" }, this.#all, slash);
    this.#window = element("dialog", { className: "search-window", ariaLabel: this.#name }, form, this.#told, this.#list, foot);
    document.body.append(this.#window);
    this.#listen(form);
  }

  #listen(form: HTMLFormElement): void {
    this.#button.role = "button";
    this.#button.ariaHasPopup = "dialog";
    this.#button.addEventListener("pointerenter", () => void this.#load());
    document.addEventListener("click", (event) => {
      const way = event.target instanceof Element ? event.target.closest("[data-search], [data-search-open]") : null;
      if (way && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        this.open();
      }
    });
    this.#button.addEventListener("keydown", (event) => {
      if (event.key === " ") {
        event.preventDefault();
        this.open();
      }
    });
    document.addEventListener("keydown", (event) => {
      if (this.#isShortcut(event)) {
        event.preventDefault();
        this.open();
      }
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#options()[Math.max(this.#active, 0)]?.click();
    });
    this.#input.addEventListener("input", () => {
      this.#show();
    });
    this.#input.addEventListener("keydown", (event) => {
      this.#move(event);
    });
    this.#close.addEventListener("click", () => {
      this.#window.close();
    });
    this.#window.addEventListener("click", (event) => {
      if (event.target === this.#window) {
        this.#window.close();
      }
    });
    this.#window.addEventListener("close", () => {
      remember(this.#following ? this.#input.value.trim() : "");
    });
    this.#slash.addEventListener("change", () => {
      keep(SLASH, this.#slash.checked ? "on" : "off");
    });
  }

  open(words?: string): void {
    if (words !== undefined) {
      this.#input.value = words;
    }
    this.#following = false;
    if (!this.#window.open) {
      this.#window.showModal();
    }
    this.#input.focus();
    this.#input.select();
    void this.#load();
    this.#show();
  }

  #isShortcut(event: KeyboardEvent): boolean {
    const target = event.target instanceof HTMLElement ? event.target : document.body;
    const writing = target.isContentEditable || target.matches("input, textarea, select");
    const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !writing;
    return (slash && this.#slash.checked) || (["k", "K"].includes(event.key) && (event.ctrlKey || event.metaKey));
  }

  #load(): Promise<void> {
    this.#loading ??= this.#fetch().catch(() => {
      location.assign(this.#button.href);
    });
    return this.#loading;
  }

  async #fetch(): Promise<void> {
    this.#fetchStemmersToo();
    const file = await fetched<ThingsFile>(this.#button.dataset["search"] ?? "");
    this.#speak(file.words);
    const languages = await languagesOf(file, this.#root);
    const vocabularies = SearchIndex.vocabularies(languages, file.entries);
    const loaded: Loaded = {
      file,
      things: await SearchIndex.ofNames(languages, vocabularies, file),
      statementKinds: {},
    };
    this.#loaded = loaded;
    this.#show();
    const later = this.#fetchStatements(loaded, languages, vocabularies);
    await loaded.things.addTexts();
    this.#show();
    await later;
    this.#show();
    this.#list.ariaBusy = "false";
  }

  /** Have the stemmers under way before the file names them. */
  #fetchStemmersToo(): void {
    for (const address of this.#button.dataset["searchStemmers"]?.split(" ").filter(Boolean) ?? []) {
      stemmerAt(new URL(address, document.baseURI)).catch(() => undefined); // whoever needs it tells
    }
  }

  /** Without them the search is still of use. */
  async #fetchStatements(loaded: Loaded, languages: Languages, vocabularies: Vocabulary[]): Promise<void> {
    try {
      const file = await fetched<IndexFile>(this.#button.dataset["searchStatements"] ?? "");
      loaded.statementKinds = file.kinds;
      loaded.statements = await SearchIndex.ofNames(languages, vocabularies, file);
    } catch {
      // The results say what they are.
    }
  }

  #speak(words: ThingsFile["words"]): void {
    this.#input.placeholder = words["words"] ?? "";
    this.#close.ariaLabel = this.#close.title = words["close"] ?? "";
    this.#all.textContent = words["all"] ?? "";
    this.#slashWords.textContent = words["keys"] ?? "";
  }

  #show(): void {
    const query = this.#input.value.trim();
    const loaded = this.#loaded;
    if (!loaded || !this.#window.open) {
      return;
    }
    remember(query);
    const chosen = query === this.#shown ? this.#options()[this.#active]?.href : undefined;
    this.#shown = query;
    const things = loaded.things.find(query);
    const statements = loaded.statements?.find(query, loaded.things);
    const groups = [this.#group("things", things, loaded.file.kinds, MOST_THINGS, query)];
    if (statements) {
      const said = this.#group("statements", statements, loaded.statementKinds, MOST_STATEMENTS, query);
      groups.splice(things.partly && !statements.partly ? 0 : 1, 0, said);
    }
    replaceContent(this.#list, groups.filter((group) => group.childElementCount > 1));
    this.#told.textContent = this.#counted(query, things, statements);
    this.#input.ariaExpanded = String(this.#options().length > 0);
    for (const [at, option] of this.#options().entries()) {
      option.id = `search-result-${String(at)}`;
    }
    const at = chosen === undefined ? -1 : this.#options().findIndex((option) => option.href === chosen);
    this.#activate(this.#options().length ? Math.max(at, 0) : -1);
    if (at < 0) {
      this.#list.scrollTop = 0;
    }
  }

  #counted(query: string, things: Answer, statements?: Answer): string {
    const words = this.#loaded?.file.words ?? {};
    const [some, more] = [things.found.length, statements?.found.length ?? 0];
    if (!query || (query.length < 2 && wordsOf(query).length > 0)) {
      return words["hint"] ?? "";
    }
    if (!some && !more) {
      return this.#loaded?.statements ? (words["none"] ?? "") : "";
    }
    if ((things.partly || !some) && (!statements || statements.partly || !more)) {
      return words["some"] ?? "";
    }
    const n = (things.partly ? 0 : some) + (statements?.partly ? 0 : more);
    const shown = Math.min(some, MOST_THINGS) + Math.min(more, MOST_STATEMENTS);
    const told = n === 1 ? words["one"] : n > shown ? words["cut"] : words["many"];
    return told?.replace("{n}", String(n)).replace("{shown}", String(shown)) ?? "";
  }

  #group(name: string, answer: Answer, kinds: IndexFile["kinds"], most: number, query: string): HTMLElement {
    const heading = element("p", { className: "search-window__group", id: `search-group-${name}` });
    heading.textContent = this.#loaded?.file.words[name] ?? "";
    const found = query ? answer.found.slice(0, most) : [];
    const options = found.map((result) => this.#option(result, kinds[result.kind]?.name ?? "", answer.isFound));
    const group = element("div", { role: "group" }, heading, ...options);
    group.setAttribute("aria-labelledby", heading.id);
    return group;
  }

  #option(found: Found, kind: string, isFound: Answer["isFound"]): HTMLAnchorElement {
    const label = element("b", { className: "search-result__label" }, ...marked(found.label, isFound));
    const sort = element("span", { className: "search-result__kind", textContent: kind });
    sort.dataset["kind"] = found.kind;
    const parts: HTMLElement[] = [label, sort];
    if (found.name) {
      parts.push(element("span", { className: "search-result__name" }, "= ", ...marked(found.name, isFound)));
    }
    if (found.text) {
      parts.push(element("span", { className: "search-result__text" }, ...marked(found.text, isFound)));
    }
    const option = element("a", { className: "search-result", role: "option", tabIndex: -1 }, ...spaced(parts));
    option.href = new URL(found.path, this.#root).href;
    option.addEventListener("click", (event) => {
      if (!event.ctrlKey && !event.metaKey && !event.shiftKey) {
        this.#following = true; // the address keeps the words, for the way back
        this.#window.close();
      }
    });
    return option;
  }

  #options(): HTMLAnchorElement[] {
    return [...this.#list.querySelectorAll<HTMLAnchorElement>("[role=option]")];
  }

  #move(event: KeyboardEvent): void {
    if (event.key === "Escape") {
      event.preventDefault(); // a browser would empty the box first
      this.#window.close();
    }
    const last = this.#options().length - 1;
    const next: Record<string, number> = {
      ArrowDown: this.#active < last ? this.#active + 1 : 0,
      ArrowUp: this.#active > 0 ? this.#active - 1 : last,
      PageDown: Math.min(this.#active + 5, last),
      PageUp: Math.max(this.#active - 5, 0),
    };
    const at = next[event.key];
    if (at !== undefined && last >= 0) {
      event.preventDefault();
      this.#activate(at);
      this.#options()[at]?.scrollIntoView({ block: "nearest" });
    }
  }

  #activate(at: number): void {
    this.#active = at;
    for (const [place, option] of this.#options().entries()) {
      option.ariaSelected = String(place === at);
    }
    const option = this.#options()[at];
    if (option) {
      this.#input.setAttribute("aria-activedescendant", option.id);
    } else {
      this.#input.removeAttribute("aria-activedescendant");
    }
  }
}

/** Keep the words in the address, so that it can be shared and the way back leads to the results. */
function remember(words: string): void {
  const address = new URL(location.href);
  if ((address.searchParams.get("q") ?? "") !== words) {
    address.searchParams.delete("q");
    if (words) {
      address.searchParams.set("q", words);
    }
    history.replaceState(history.state, "", address);
  }
}

/** A text with the words that were looked for marked. */
function marked(text: string, isFound: Answer["isFound"]): (string | HTMLElement)[] {
  return text.split(/([\p{L}\p{M}\p{N}\p{Default_Ignorable_Code_Point}]+)/u).map((word) => {
    const [form = ""] = wordsOf(word);
    return form.length > 1 && isFound(form) ? element("mark", { textContent: word }) : word;
  });
}

/** With a space between, for whoever hears it in one go. */
function spaced(parts: HTMLElement[]): (string | HTMLElement)[] {
  return parts.flatMap((part) => [part, " "]);
}

/** What was chosen on an earlier visit; nothing where the browser keeps nothing. */
function kept(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function keep(name: string, value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch {
    // It holds for this page then.
  }
}

const button = document.querySelector<HTMLAnchorElement>("a[data-search]");
if (button) {
  const search = new SearchWindow(button);
  const openAsAsked = (): void => {
    const words = new URLSearchParams(location.search).get("q");
    if (words) {
      search.open(words);
    }
  };
  openAsAsked();
  addEventListener("pageshow", (event) => {
    if (event.persisted) {
      openAsAsked();
    }
  });
}
