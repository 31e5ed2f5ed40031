// What a form has done, said at the top of the page, in the same words and the same place as the gateway says it for forms
// without script. The banner gets the focus, so it is read out once, and the announcer stays quiet.
import words from "../done.json" with { type: "json" };
import banner from "../templates/partials/done.mustache?raw";
import { rendered } from "./render/html.ts";

/** By the name that a form carries; undefined for forms whose change is seen in its place. */
export function doneWords(name: string): string | undefined {
  return Object.hasOwn(words, name) ? words[name as keyof typeof words] : undefined;
}

export function showDone(done: string, othersLater: boolean): void {
  document.getElementById("done-place")?.replaceChildren(rendered(banner, { page: { done, others_later: othersLater } }, {}));
  focusDone();
}

export function clearDone(): void {
  document.getElementById("done-place")?.replaceChildren();
}

/** Also on a page that came with it. */
export function focusDone(): void {
  const banner = document.getElementById("done");
  banner?.focus({ preventScroll: true });
  banner?.scrollIntoView({ block: "start" });
}
