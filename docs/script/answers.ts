// The answers to a form of radio buttons, by the name of the question, and the same as the fragment of an address.

export type Answers = Map<string, string>;

export function chosen(form: HTMLFormElement): HTMLInputElement[] {
  return [...form.querySelectorAll<HTMLInputElement>("input[type=radio]:checked")];
}

export function read(form: HTMLFormElement): Answers {
  return new Map(chosen(form).map((input) => [input.name, input.value]));
}

/** Choose these answers and no others; what the form does not ask or offer is passed over. */
export function fill(form: HTMLFormElement, answers: Answers): void {
  for (const input of form.querySelectorAll<HTMLInputElement>("input[type=radio]")) {
    input.checked = answers.get(input.name) === input.value;
  }
}

export function toText(answers: Answers): string {
  return new URLSearchParams([...answers]).toString();
}

export function fromText(text: string): Answers {
  return new Map(new URLSearchParams(text));
}
