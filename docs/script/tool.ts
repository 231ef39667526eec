// What both tools for coordinators do: show a result on request, share it as address, file or print, and keep the
// answers in this browser if the reader ticks that. Nothing is sent.

import { type Answers, fill, fromText, read, toText } from "./answers";

/** An element that the page always has. */
export function part(within: ParentNode, selector: string): HTMLElement {
  return partOf(within, selector, HTMLElement);
}

function partOf<Kind extends HTMLElement>(within: ParentNode, selector: string, kind: new () => Kind): Kind {
  const found = within.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(`The page has no ${selector}`);
  return found;
}

/** Start the tool of this page; `show` writes the result of the form into the page. */
export function startTool(show: (tool: HTMLElement, form: HTMLFormElement) => void): void {
  const tool = part(document, ".tool");
  new Tool(tool, show).start();
}

class Tool {
  private readonly form: HTMLFormElement;
  private readonly result: HTMLElement;
  private readonly share: HTMLElement;
  private readonly field: HTMLInputElement;
  private readonly keep: HTMLInputElement;

  constructor(
    private readonly tool: HTMLElement,
    private readonly show: (tool: HTMLElement, form: HTMLFormElement) => void,
  ) {
    this.form = partOf(tool, ".tool-form", HTMLFormElement);
    this.result = part(tool, ".tool-result");
    this.share = part(tool, ".tool-share");
    this.field = partOf(tool, ".tool-address", HTMLInputElement);
    this.keep = partOf(tool, ".tool-keep", HTMLInputElement);
  }

  start(): void {
    this.tool.classList.add("tool--live");
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.form.addEventListener("change", () => {
      this.changed();
    });
    this.keep.addEventListener("change", () => {
      this.store();
    });
    const actions = { address: this.copyAddress, download: this.download, print: this.print, clear: this.clear };
    for (const [name, act] of Object.entries(actions)) {
      part(this.share, `[data-do=${name}]`).addEventListener("click", () => void act());
    }
    window.addEventListener("hashchange", () => {
      this.open(fromText(location.hash.slice(1)), "fromAddress");
    });
    this.keep.checked = this.stored() !== "";
    if (!this.open(fromText(location.hash.slice(1)), "fromAddress")) this.open(fromText(this.stored()), "kept");
  }

  /** Put in answers that came with the address or were kept; whether there were any. */
  private open(answers: Answers, told: "fromAddress" | "kept"): boolean {
    const before = read(this.form);
    fill(this.form, answers);
    if (!read(this.form).size) {
      fill(this.form, before);
      return false;
    }
    // What came with an address must not take the place of what the reader keeps.
    if (told === "fromAddress") this.keep.checked = false;
    this.render();
    this.tell(told);
    return true;
  }

  private submit(): void {
    if (!read(this.form).size) {
      this.tell("nothingAnswered");
      return;
    }
    this.tell("");
    this.render();
    part(this.result, "h2").focus();
  }

  private changed(): void {
    this.tell("");
    this.field.hidden = true;
    part(this.share, ".tool-shared").textContent = "";
    if (this.keep.checked) this.store();
    if (!this.result.hidden) this.render();
  }

  private render(): void {
    this.show(this.tool, this.form);
    this.result.hidden = false;
    this.share.hidden = false;
    this.tool.classList.add("tool--shown");
  }

  private readonly clear = (): void => {
    fill(this.form, new Map());
    this.result.hidden = true;
    this.share.hidden = true;
    this.field.hidden = true;
    this.tool.classList.remove("tool--shown");
    history.replaceState(null, "", this.address(""));
    this.store();
    this.tell("cleared");
    part(this.form, "input").focus();
  };

  private readonly copyAddress = async (): Promise<void> => {
    const address = this.address(`#${toText(read(this.form))}`);
    this.field.value = address;
    this.field.hidden = false;
    const copied = await navigator.clipboard.writeText(address).then(
      () => true,
      () => false,
    );
    part(this.share, ".tool-shared").textContent = this.words(copied ? "addressCopied" : "addressShown");
    this.field.select();
  };

  private readonly print = (): void => {
    window.print();
  };

  private readonly download = (): void => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([this.text()], { type: "text/plain;charset=utf-8" }));
    link.download = `${this.tool.dataset["tool"] ?? "result"}.txt`;
    link.click();
    URL.revokeObjectURL(link.href);
  };

  /** The result as text, with the addresses of what it links to and the one that brings the answers back. */
  private text(): string {
    const shown = [...this.tool.querySelectorAll<HTMLElement>(".tool-result, .tool-follows")];
    const links = shown.flatMap((element) => [...element.querySelectorAll<HTMLAnchorElement>("a")]);
    const visible = links.filter((link) => link.checkVisibility());
    const listed = new Set(visible.map((link) => `${link.textContent.trim()}: ${link.href}`));
    return [
      part(document, "h1").firstChild?.textContent ?? "",
      new Date().toLocaleDateString(document.documentElement.lang),
      this.address(`#${toText(read(this.form))}`),
      "",
      ...shown.map((element) => element.innerText),
      "",
      `${this.words("links")}:`,
      ...listed,
      "",
    ].join("\n");
  }

  private address(fragment: string): string {
    return location.href.replace(/#.*$/, "") + fragment;
  }

  private tell(name: string): void {
    part(this.form, ".tool-status").textContent = name && this.words(name);
  }

  private words(name: string): string {
    return this.tool.dataset[name] ?? "";
  }

  // A reader may have forbidden storage altogether.

  private get place(): string {
    return `duo-kb/${this.tool.dataset["tool"] ?? ""}`;
  }

  private stored(): string {
    try {
      return localStorage.getItem(this.place) ?? "";
    } catch {
      return "";
    }
  }

  private store(): void {
    try {
      if (this.keep.checked) localStorage.setItem(this.place, toText(read(this.form)));
      else localStorage.removeItem(this.place);
    } catch {
      this.keep.checked = false;
    }
  }
}

/** Fill a list of the result, and hide its part of the page where there is nothing and no word for that. */
export function list(tool: HTMLElement, name: string, items: Node[]): void {
  const place = part(tool, `[data-list=${name}]`);
  const none = place.querySelector<HTMLElement>(".tool-none");
  part(place, "ul, ol").replaceChildren(...items.map(item));
  if (none) none.hidden = items.length > 0;
  else place.hidden = items.length === 0;
}

function item(content: Node): HTMLLIElement {
  const entry = document.createElement("li");
  entry.append(content);
  return entry;
}

/** The questions without an answer, each as a link to its place in the form. */
export function unanswered(form: HTMLFormElement): Node[] {
  const open = [...form.querySelectorAll("fieldset")].filter((question) => !question.querySelector("input:checked"));
  return open.map((question) => {
    const link = document.createElement("a");
    link.href = `#${question.id}`;
    link.textContent = asked(question);
    return link;
  });
}

/** What a question asks, without its number. */
export function asked(question: HTMLFieldSetElement): string {
  return part(question, "legend").lastChild?.textContent?.trim() ?? "";
}
