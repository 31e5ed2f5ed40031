// What is wrong with a form: the summary at the top of the page, and the message at each field.
import { isField } from "../render/morph.ts";
import type { FieldFault } from "./send.ts";
import type { SignedIn } from "./signed_in.ts";

const TITLE_PREFIX = "Error: ";
/** As the gateway says it to whoever has no script. */
export const NOTHING_LOST = "Nothing was changed. What you typed is still in the form.";

export function visibleFields(form: HTMLFormElement): (HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement)[] {
  return [...form.elements].filter(isField).filter((field) => field.type !== "hidden");
}

export function clearTroubles(form: HTMLFormElement): void {
  document.getElementById("error-summary-place")?.replaceChildren();
  document.title = document.title.replace(TITLE_PREFIX, "");
  for (const message of form.querySelectorAll(".govuk-error-message")) message.remove();
  for (const group of form.querySelectorAll(".govuk-form-group--error")) group.classList.remove("govuk-form-group--error");
  for (const field of visibleFields(form)) {
    field.removeAttribute("aria-invalid");
    const others = (field.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id !== `${field.id}-error`);
    if (others.join("") === "") field.removeAttribute("aria-describedby");
    else field.setAttribute("aria-describedby", others.join(" "));
  }
}

function markField(field: HTMLElement, detail: string): void {
  field.closest(".govuk-form-group")?.classList.add("govuk-form-group--error");
  const message = document.createElement("p");
  message.className = "govuk-error-message";
  message.id = `${field.id}-error`;
  const hidden = document.createElement("span");
  hidden.className = "govuk-visually-hidden";
  hidden.textContent = "Error: ";
  message.append(hidden, detail);
  field.before(message);
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${message.id}`.trim());
}

function summary(entries: { text: string; target: string }[], words: string): HTMLElement {
  const box = document.createElement("div");
  box.className = "govuk-error-summary";
  box.tabIndex = -1;
  box.id = "error-summary";
  const alert = document.createElement("div");
  alert.setAttribute("role", "alert");
  const heading = document.createElement("h2");
  heading.className = "govuk-error-summary__title";
  heading.textContent = "There is a problem";
  const list = document.createElement("ul");
  list.className = "govuk-list govuk-error-summary__list";
  for (const { text, target } of entries) {
    const link = document.createElement("a");
    link.href = `#${target}`;
    link.textContent = text;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const field = document.getElementById(target);
      field?.closest("details")?.setAttribute("open", "");
      field?.scrollIntoView({ block: "center" });
      field?.focus({ preventScroll: true });
    });
    const item = document.createElement("li");
    item.append(link);
    list.append(item);
  }
  const safe = document.createElement("p");
  safe.textContent = words;
  alert.append(heading, ...(words === "" ? [] : [safe]), list);
  box.append(alert);
  return box;
}

/** Every fault at its field and in the summary, which gets the focus. */
export function showTroubles(form: HTMLFormElement, faults: readonly FieldFault[], detail: string): void {
  clearTroubles(form);
  const fields = visibleFields(form);
  const first = fields[0];
  const entries: { text: string; target: string }[] = [];
  for (const fault of faults) {
    const field = fields.find(({ name }) => name === fault.field);
    if (field) markField(field, fault.detail);
    entries.push({ text: fault.detail, target: (field ?? first)?.id ?? "" });
  }
  if (entries.length === 0) entries.push({ text: detail, target: first?.id ?? "" });
  const box = summary(entries, NOTHING_LOST);
  document.getElementById("error-summary-place")?.replaceChildren(box);
  document.title = TITLE_PREFIX + document.title.replace(TITLE_PREFIX, "");
  box.focus();
  box.scrollIntoView({ block: "start" });
}

/** The page is of a session that is over: nobody is signed in now, or somebody else is. */
export function showNotSent(form: HTMLFormElement, now: SignedIn | undefined, before: SignedIn): void {
  if (!now || now.person === "") {
    showState(form, `Not sent: you have been signed out. ${NOTHING_LOST} `, true);
    form.querySelector("[data-form-state]")?.append(elsewhere(signInPath(), "Sign in"), ", then send it again here.");
  } else if (before.person === "") {
    showState(form, `Not sent: ${now.name} has signed in in this browser since this page was loaded. ${NOTHING_LOST} Copy it, load the page again and send it.`, true);
  } else {
    showState(form, `Not sent: ${now.name} is signed in in this browser now, and this page is ${before.name}’s. ${NOTHING_LOST} To send it, sign in as ${before.name} in another tab, then send it again here.`, true);
  }
}

/** The page stays open behind it, with what was typed. */
function elsewhere(path: string, text: string): HTMLAnchorElement {
  const link = document.createElement("a");
  link.className = "govuk-link";
  link.href = path;
  link.target = "_blank";
  link.textContent = `${text} (opens in a new tab)`;
  return link;
}

/** Leads back to this page. */
export function signInPath(): string {
  const { pathname, search } = window.location;
  return `/sign-in?return_to=${encodeURIComponent(pathname + search)}`;
}

/** One line at the form itself: sending, not sent, or why not. */
export function showState(form: HTMLFormElement, text: string, isTrouble: boolean): void {
  form.querySelector("[data-form-state]")?.remove();
  if (text === "") return;
  const line = document.createElement("p");
  line.className = isTrouble ? "app-form-state app-form-state--trouble" : "app-form-state";
  line.dataset["formState"] = "";
  if (isTrouble) line.setAttribute("role", "alert");
  line.textContent = text;
  form.append(line);
}
