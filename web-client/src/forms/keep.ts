// Connects forms that have a `data-draft` name to the drafts on this device.
import type { Drafts, Texts } from "../drafts.ts";
import { isTouched } from "../render/morph.ts";
import { visibleFields } from "./troubles.ts";

const IDLE_MS = 500;

/** What says how something stood when its writer began: it goes with the text, or the text would be sent as if it knew of later changes. */
function seenIn(form: HTMLFormElement): HTMLInputElement[] {
  return [...form.elements].filter((field) => field instanceof HTMLInputElement).filter((field) => field.matches("[data-seen]"));
}

function textsOf(form: HTMLFormElement): Texts {
  const written = visibleFields(form).filter((field) => isTouched(field) && field.type !== "password" && field.type !== "file");
  return Object.fromEntries((written.length === 0 ? [] : [...written, ...seenIn(form)]).map((field) => [field.name, field.value]));
}

export class DraftKeeper {
  readonly #drafts: Drafts;
  readonly #timers = new WeakMap<HTMLFormElement, ReturnType<typeof setTimeout>>();

  constructor(drafts: Drafts) {
    this.#drafts = drafts;
  }

  start(): void {
    document.addEventListener("input", (event) => {
      const form = event.target instanceof Element ? event.target.closest<HTMLFormElement>("form[data-draft]") : null;
      if (form) this.#later(form);
    });
    // A sent or emptied form must not come back from a timer that is still running.
    document.addEventListener("reset", (event) => {
      if (event.target instanceof HTMLFormElement) clearTimeout(this.#timers.get(event.target));
    });
    this.restore(document);
  }

  /** Into the forms in there goes what was kept for them. */
  restore(place: ParentNode): void {
    for (const form of formsIn(place)) this.#restore(form);
  }

  /** Before the forms in there go away. */
  saveNow(place: ParentNode): void {
    for (const form of formsIn(place)) {
      clearTimeout(this.#timers.get(form));
      this.#save(form);
    }
  }

  #later(form: HTMLFormElement): void {
    clearTimeout(this.#timers.get(form));
    this.#timers.set(form, setTimeout(() => this.#save(form), IDLE_MS));
  }

  #save(form: HTMLFormElement): void {
    this.#drafts.save(form.dataset["draft"] ?? "", textsOf(form));
  }

  #restore(form: HTMLFormElement): void {
    const texts = this.#drafts.read(form.dataset["draft"] ?? "");
    if (!texts) return;
    const fields = visibleFields(form).filter((field) => texts[field.name] !== undefined);
    if (fields.length === 0 || fields.some(isTouched)) return;
    for (const field of fields) field.value = texts[field.name] ?? "";
    for (const field of seenIn(form)) field.value = texts[field.name] ?? field.value;
    const note = document.createElement("p");
    note.className = "app-form-state";
    note.dataset["formState"] = "";
    note.textContent = "This is what you had begun to write. It was kept on this device.";
    form.prepend(note);
    form.closest("details")?.setAttribute("open", "");
  }
}

function formsIn(place: ParentNode): NodeListOf<HTMLFormElement> {
  return place.querySelectorAll<HTMLFormElement>("form[data-draft]");
}
