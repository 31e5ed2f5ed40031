// Makes an element look as newly rendered without taking anything from the person who is using it: focus, selection,
// half-typed text, opened details and waiting messages stay.
import morphdom from "morphdom";

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

export function isField(node: Node): node is Field {
  return node instanceof HTMLInputElement || node instanceof HTMLTextAreaElement || node instanceof HTMLSelectElement;
}

/** True when the person changed it since the page, or the last saving, gave it its value. */
export function isTouched(field: Field): boolean {
  if (field instanceof HTMLSelectElement) {
    const options = [...field.options];
    const first = options.findIndex((option) => option.defaultSelected);
    return field.selectedIndex !== Math.max(first, 0);
  }
  if (field instanceof HTMLInputElement && (field.type === "checkbox" || field.type === "radio")) {
    return field.checked !== field.defaultChecked;
  }
  if (field.type === "hidden") return false;
  return field.value !== field.defaultValue;
}

/** How something stood when somebody began to change it: that stays until they have sent what they wrote. */
function isSeenFromHere(field: Field): boolean {
  if (!field.matches("[data-seen]") || field.form === null) return false;
  return [...field.form.elements].some((other) => isField(other) && (other === document.activeElement || isTouched(other)));
}

function holdsWork(node: Node): boolean {
  if (!(node instanceof Element)) return false;
  if (node.matches("[data-form-state]")) return true;
  return [...node.querySelectorAll("input, textarea, select")].some((field) => isField(field) && isTouched(field));
}

/** Filled by others: lists by their own elements, holding places by buttons, places for threads by threads. */
function isFilledElsewhere(element: Element): boolean {
  return element.matches("[data-list], [data-hold-for], [data-filled]");
}

/** What the script made of a link stays: it opens something, and says whether it has. A heading that got the focus keeps it. */
const MADE_BY_SCRIPT = ["role", "aria-expanded", "aria-controls", "tabindex"];

function keepWhatScriptMade(old: Element, fresh: Element): void {
  for (const name of MADE_BY_SCRIPT) {
    const value = old.getAttribute(name);
    if (value !== null) fresh.setAttribute(name, value);
  }
}

export function morph(from: Element, to: Element): void {
  morphdom(from, to, {
    onBeforeElUpdated: (old, fresh) => {
      if (old.matches("[data-opens], h1, h2, h3, h4")) keepWhatScriptMade(old, fresh);
      if (old.isEqualNode(fresh)) return false;
      if (isField(old) && (old === document.activeElement || isTouched(old) || isSeenFromHere(old))) return false;
      if (old instanceof HTMLDetailsElement) fresh.toggleAttribute("open", old.open);
      if (old.classList.contains("app-new")) fresh.classList.add("app-new");
      return true;
    },
    onBeforeElChildrenUpdated: (old) => !isFilledElsewhere(old),
    onBeforeNodeDiscarded: (node) => !holdsWork(node),
  });
}
