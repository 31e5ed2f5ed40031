// The order of a list on the page.
import { compareBytes } from "../view_model.ts";

function compare(a: HTMLElement, b: HTMLElement): number {
  return (
    compareBytes(a.dataset["sort"] ?? "", b.dataset["sort"] ?? "") ||
    compareBytes(a.dataset["key"] ?? "", b.dataset["key"] ?? "")
  );
}

export function elementsOf(container: Element): HTMLElement[] {
  return [...container.children].filter(
    (child): child is HTMLElement => child instanceof HTMLElement && child.dataset["key"] !== undefined,
  );
}

export function insertSorted(container: Element, element: HTMLElement): void {
  const next = elementsOf(container).find((other) => compare(element, other) < 0);
  container.insertBefore(element, next ?? null);
}

/**
 * The most that can stay where it is: of `places` (where each wanted element stands now) the longest run that only
 * rises. With `fixed` (an index), the longest that holds that one, so that the element with the focus is never moved.
 */
export function staying(places: readonly number[], fixed: number): Set<number> {
  const pivot = places[fixed];
  const fits = places.map((place, i) => pivot === undefined || i === fixed || (i < fixed ? place < pivot : place > pivot));
  const length: number[] = [];
  const previous: number[] = [];
  let last = -1;
  for (let i = 0; i < places.length; i += 1) {
    length.push(fits[i] ? 1 : 0);
    previous.push(-1);
    for (let j = 0; j < i && fits[i]; j += 1) {
      const rises = fits[j] && (places[j] ?? 0) < (places[i] ?? 0);
      if (rises && (length[j] ?? 0) + 1 > (length[i] ?? 0)) {
        length[i] = (length[j] ?? 0) + 1;
        previous[i] = j;
      }
    }
    if (fits[i] && (last < 0 || (length[i] ?? 0) > (length[last] ?? 0))) last = i;
  }
  const kept = new Set<number>();
  for (let i = last; i >= 0; i = previous[i] ?? -1) kept.add(i);
  return kept;
}

/** Puts the elements in order, moving as few as can be. Answers those that were moved. */
export function reorder(container: Element): HTMLElement[] {
  const standing = elementsOf(container);
  const wanted = [...standing].sort(compare);
  const places = wanted.map((element) => standing.indexOf(element));
  const kept = staying(places, wanted.findIndex((element) => element.contains(document.activeElement)));
  const moved: HTMLElement[] = [];
  for (let i = wanted.length - 1; i >= 0; i -= 1) {
    const element = wanted[i];
    if (!element || kept.has(i)) continue;
    container.insertBefore(element, wanted[i + 1] ?? null);
    moved.push(element);
  }
  return moved;
}
