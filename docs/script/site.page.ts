// What every page has: wide tables that can be scrolled by keyboard.

// The theme wraps tables once the page is there.
window.addEventListener("load", () => {
  const sizes = new ResizeObserver((entries) => {
    for (const { target } of entries) letScroll(target);
  });
  for (const place of document.querySelectorAll(".md-typeset__scrollwrap")) sizes.observe(place);
});

function letScroll(place: Element): void {
  if (place.scrollWidth > place.clientWidth) {
    place.setAttribute("tabindex", "0");
    place.setAttribute("role", "group");
    place.setAttribute("aria-label", headingAbove(place));
  } else {
    for (const attribute of ["tabindex", "role", "aria-label"]) place.removeAttribute(attribute);
  }
}

function headingAbove(place: Element): string {
  const above = [...document.querySelectorAll("article :is(h1, h2, h3)")].filter(
    (heading) => heading.compareDocumentPosition(place) & Node.DOCUMENT_POSITION_FOLLOWING,
  );
  return above.at(-1)?.firstChild?.textContent?.trim() ?? document.title;
}
