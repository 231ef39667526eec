// Where a project stands on the spectrum: the positions to which most answers point, with the answers as reasons.

import { chosen } from "./answers";
import { asked, list, part, startTool, unanswered } from "./tool";

startTool((tool, form) => {
  const answers = chosen(form);
  const found = pointedTo(answers);
  const there = answers.filter((input) => positions(input).some((place) => found.includes(place)));
  verdict(tool, found);
  mark(tool, found);
  list(tool, "why", there.map(reason));
  list(tool, "elsewhere", answers.filter((input) => !there.includes(input)).map(reason));
  list(tool, "open", unanswered(form));
});

function positions(input: HTMLInputElement): number[] {
  return (input.dataset["positions"] ?? "").split(" ").map(Number);
}

/** The positions to which the most answers point, in order. */
function pointedTo(answers: HTMLInputElement[]): number[] {
  const times = new Map<number, number>();
  for (const place of answers.flatMap(positions)) times.set(place, (times.get(place) ?? 0) + 1);
  const most = Math.max(...times.values());
  return [...times.keys()].filter((place) => times.get(place) === most).sort((one, other) => one - other);
}

/** Say in words which positions were found: one, two neighbours, or several apart. */
function verdict(tool: HTMLElement, found: number[]): void {
  const neighbours = found.length === 2 && (found[1] ?? 0) - (found[0] ?? 0) === 1;
  const words = tool.dataset[found.length === 1 ? "one" : neighbours ? "two" : "spread"] ?? "";
  const names = described(tool)
    .filter((section) => found.includes(position(section)))
    .map((section) => {
      const name = document.createElement("strong");
      name.textContent = part(section, "h3").textContent.trim();
      return name;
    });
  part(tool, ".tool-verdict").replaceChildren(words, ...names.flatMap((name, at) => [at ? " · " : " ", name]));
}

/** Mark the steps of the picture, and show what follows for these positions alone. */
function mark(tool: HTMLElement, found: number[]): void {
  const steps = tool.querySelectorAll(".spectrum-steps li");
  for (const [at, section] of described(tool).entries()) {
    const here = found.includes(position(section));
    section.hidden = !here;
    steps[at]?.classList.toggle("here", here);
    steps[at]?.querySelector(".tool-here")?.remove();
    if (here) steps[at]?.querySelector("a")?.append(sign(tool.dataset["here"] ?? ""));
  }
}

/** What follows for each position, in the order of the steps of the picture. */
function described(tool: HTMLElement): HTMLElement[] {
  return [...tool.querySelectorAll<HTMLElement>(".tool-position")];
}

function position(section: HTMLElement): number {
  return Number(section.dataset["position"]);
}

function sign(words: string): HTMLElement {
  const made = document.createElement("span");
  made.className = "tool-here";
  made.textContent = words;
  return made;
}

/** An answer as a reason: the question, the answer and the positions that it points to, with their links. */
function reason(input: HTMLInputElement): Node {
  const question = input.closest("fieldset");
  const made = document.createDocumentFragment();
  const answer = document.createElement("strong");
  answer.textContent = input.labels?.[0]?.textContent.trim() ?? input.value;
  made.append(question ? asked(question) : "", " ", answer);
  const points = input.closest("div")?.querySelector(".tool-points");
  if (points) made.append(points.cloneNode(true));
  return made;
}
