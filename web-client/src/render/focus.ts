// Where the focus goes when what had it is no longer there.

/** Nothing can be done by accident on a heading, and it says where one is. */
const HEADINGS = "h1, h2, h3, h4";

/** The last heading before an element, such as that of the list which it is, or is in. */
export function headingBefore(element: Element): HTMLElement | undefined {
  const inList = element.closest("[data-list]") ?? element;
  const before = [...document.querySelectorAll<HTMLElement>(`main :is(${HEADINGS})`)].filter(
    (heading) => (heading.compareDocumentPosition(inList) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0 && heading.closest("[data-list]") === null,
  );
  return before.at(-1);
}

/** The page's main part where there is nothing else. */
export function focusOn(heading: HTMLElement | undefined): void {
  if (heading && heading.tabIndex < 0) heading.tabIndex = -1;
  (heading ?? document.getElementById("main-content"))?.focus({ preventScroll: true });
}
