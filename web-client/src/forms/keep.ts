// Connects forms that have a `data-draft` name to the drafts on this device.
import type { Drafts, Texts } from "../drafts.ts";
import { isTouched } from "../render/morph.ts";
import { visibleFields } from "./troubles.ts";

const IDLE_MS = 500;

function textsOf(form: HTMLFormElement): Texts {
  return Object.fromEntries(
    visibleFields(form).filter((field) => isTouched(field) && field.type !== "password").map((field) => [field.name, field.value]),
  );
}

function restore(form: HTMLFormElement, drafts: Drafts): void {
  const texts = drafts.read(form.dataset["draft"] ?? "");
  if (!texts) return;
  const fields = visibleFields(form).filter((field) => texts[field.name] !== undefined);
  if (fields.length === 0 || fields.some(isTouched)) return;
  for (const field of fields) field.value = texts[field.name] ?? "";
  const note = document.createElement("p");
  note.className = "app-form-state";
  note.dataset["formState"] = "";
  note.textContent = "This is what you had begun to write. It was kept on this device.";
  form.prepend(note);
  form.closest("details")?.setAttribute("open", "");
}

export function keepDrafts(drafts: Drafts): void {
  const timers = new WeakMap<HTMLFormElement, ReturnType<typeof setTimeout>>();
  const later = (form: HTMLFormElement): void => {
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(() => drafts.save(form.dataset["draft"] ?? "", textsOf(form)), IDLE_MS));
  };
  document.addEventListener("input", (event) => {
    const form = event.target instanceof Element ? event.target.closest<HTMLFormElement>("form[data-draft]") : null;
    if (form) later(form);
  });
  // A sent or emptied form must not come back from a timer that is still running.
  document.addEventListener("reset", (event) => {
    if (event.target instanceof HTMLFormElement) clearTimeout(timers.get(event.target));
  });
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-draft]")) restore(form, drafts);
}
