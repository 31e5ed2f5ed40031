// The one place where text becomes elements, and only what a template made of it.
import Mustache from "mustache";

export type Partials = Readonly<Record<string, string>>;

/**
 * Trusted Types (W3C): the page's policy lets nobody else make HTML, so text that reached `innerHTML` by another way throws
 * instead of becoming elements. Browsers without them take the string.
 */
interface TrustedTypes {
  createPolicy(name: string, rules: { createHTML(html: string): string }): { createHTML(html: string): string };
}

const POLICY_NAME = "witan"; // as in the gateway's Content-Security-Policy
const trustedTypes = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;
const policy = trustedTypes?.createPolicy(POLICY_NAME, { createHTML: (html) => html });
const writer = new Mustache.Writer();

/** A template, filled in: the values are escaped by it, and nothing in it has run yet. */
export function rendered(template: string, context: object, partials: Partials): DocumentFragment {
  const html = writer.render(template, context, partials);
  const room = document.createElement("template");
  room.innerHTML = policy ? policy.createHTML(html) : html;
  return room.content;
}
