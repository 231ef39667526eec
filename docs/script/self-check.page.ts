// The self-check: what is there as strengths, what is partly or not there as points of attention, the best known first.

import { list, part, startTool, unanswered } from "./tool";

startTool((tool, form) => {
  list(tool, "attention", [...answered(form, "absent"), ...answered(form, "partly")]);
  list(tool, "strengths", answered(form, "present"));
  list(tool, "open", unanswered(form));
});

/** The indicators with this answer, the best known first. */
function answered(form: HTMLFormElement, answer: string): Node[] {
  return [...form.querySelectorAll<HTMLInputElement>(`input[value=${answer}]:checked`)]
    .map((input) => ({ input, question: input.closest("fieldset") }))
    .sort((one, other) => rank(one.question) - rank(other.question))
    .flatMap(({ input, question }) => (question ? [finding(input, question)] : []));
}

function rank(question: HTMLElement | null): number {
  return Number(question?.dataset["rank"]);
}

/** An indicator in the result: the answer, then what the page holds about it, folded for what is there already. */
function finding(input: HTMLInputElement, question: HTMLFieldSetElement): Node {
  const answer = document.createElement("span");
  answer.className = `tool-answer tool-answer--${input.value}`;
  answer.textContent = input.labels?.[0]?.textContent.trim() ?? input.value;
  const about = part(question, ".tool-about").cloneNode(true);
  about.insertBefore(answer, about.firstChild);
  const found = document.createDocumentFragment();
  found.append(about, part(question, input.value === "present" ? ".tool-more" : ".tool-facts").cloneNode(true));
  return found;
}
