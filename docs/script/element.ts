// Making parts of a page without markup in strings, so that no text can become markup.

type Properties<K extends keyof HTMLElementTagNameMap> = Partial<Omit<HTMLElementTagNameMap[K], "style">>;

export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  properties: Properties<K>,
  ...content: (string | Node)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  Object.assign(made, properties);
  made.append(...content);
  return made;
}

export function replaceContent(place: Element, content: readonly Node[]): void {
  place.replaceChildren(...content);
}
