// Who is signed in in this browser now, which a page of our own says; and what of this page goes with their session.
import { parsePageState } from "../page_state.ts";
import { textAt } from "../view_model.ts";

/** A page with nothing in it but the frame around every page. */
const ANY_PAGE = "/cookies";
const TIME_OUT_MS = 15_000;

/** `person` is empty where nobody is signed in, and so is the rest. */
export interface SignedIn {
  person: string;
  name: string;
  session: string;
  /** What their forms are sent with. */
  csrf: string;
}

/** From the text of a page; nothing when it is not one of ours. */
export function signedInOn(html: string): SignedIn | undefined {
  const state = /id="live-state">([^<]*)</.exec(html)?.[1];
  if (state === undefined) return undefined;
  const { page, actor } = parsePageState(state);
  return { person: textAt(actor, "person"), name: textAt(actor, "name"), session: textAt(actor, "session"), csrf: textAt(page, "csrf") };
}

/** Nothing when nobody could say. */
export async function askWhoIsSignedIn(fetcher: typeof fetch = fetch): Promise<SignedIn | undefined> {
  try {
    const answer = await fetcher(ANY_PAGE, { cache: "no-store", credentials: "same-origin", signal: AbortSignal.timeout(TIME_OUT_MS) });
    return answer.ok ? signedInOn(await answer.text()) : undefined;
  } catch {
    return undefined;
  }
}

/** In every form here: the same person has another session now. */
export function renewFields(before: SignedIn, now: SignedIn): void {
  for (const field of document.querySelectorAll<HTMLInputElement>("input[type=hidden]")) {
    const value = renewed(field.value, before, now);
    if (value !== field.value) field.value = value;
  }
}

/** What was to be sent, as it is sent in the session of now. */
export function renewBody(body: URLSearchParams, before: SignedIn, now: SignedIn): void {
  for (const [name, value] of [...body]) {
    const fresh = renewed(value, before, now);
    if (fresh !== value) body.set(name, fresh);
  }
}

function renewed(value: string, before: SignedIn, now: SignedIn): string {
  if (value === "") return value;
  if (value === before.csrf) return now.csrf;
  return value === before.session ? now.session : value;
}
