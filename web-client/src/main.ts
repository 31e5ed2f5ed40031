import "../styles/main.scss";
import { Announcer } from "./announcer.ts";
import { Connection } from "./connection.ts";
import { startDragging } from "./drag.ts";
import { focusDone } from "./done.ts";
import { describe } from "./describe.ts";
import { Drafts } from "./drafts.ts";
import { Editing } from "./editing.ts";
import { Forms } from "./forms/forms.ts";
import { DraftKeeper } from "./forms/keep.ts";
import { Hold } from "./hold.ts";
import { LateTopics } from "./late.ts";
import { loadTemplates } from "./load_templates.ts";
import { askWhoIsSignedIn } from "./forms/signed_in.ts";
import { signInPath } from "./forms/troubles.ts";
import { TicketedSocket } from "./live/ticketed.ts";
import { Streamer } from "./live/streamer.ts";
import { parsePageState } from "./page_state.ts";
import { partialsFor } from "./partials.ts";
import { ContextMaker } from "./render/context.ts";
import { PageRenderer } from "./render/page_renderer.ts";
import { SessionUse } from "./session_use.ts";
import { TopicStore } from "./store/topic_store.ts";
import { Threads } from "./threads.ts";
import { Timers } from "./timer.ts";
import { isPresence, textAt } from "./view_model.ts";
import { fillWords, startWords } from "./words.ts";

/** The link is followed first. */
const MARKED_AFTER_MS = 500;
const SHOWN_WITHIN_MS = 2000;

function after(milliseconds: number, then: () => void): () => void {
  const timer = setTimeout(then, milliseconds);
  return () => clearTimeout(timer);
}

function showConnection(state: string, words: string): void {
  const place = document.getElementById("connection");
  if (!place) return;
  place.dataset["state"] = state;
  place.querySelector(".app-connection__words")?.replaceChildren(words);
}

function socketAddress(): URL {
  const address = new URL("/live", window.location.href);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  return address;
}

function randomId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function link(className: string, address: string, text: string): HTMLAnchorElement {
  const element = document.createElement("a");
  element.className = className;
  element.href = address;
  element.textContent = text;
  return element;
}

/** Says on the page, above everything, that it is no longer the right one. */
function showNotice(text: string, wayOn = link("govuk-link", window.location.href, "Load the page again")): void {
  const notice = document.createElement("div");
  notice.className = "govuk-inset-text";
  notice.append(`${text} `, wayOn);
  document.getElementById("error-summary-place")?.replaceChildren(notice);
}

/** Nor does the top of the page go on saying that somebody is signed in. */
function showSignedOut(): void {
  showNotice("You have been signed out.", link("govuk-link", signInPath(), "Sign in"));
  document.querySelector(".app-account")?.replaceChildren(link("app-account__link", signInPath(), "Sign in"));
}

/** Below everything, where it moves nothing that somebody reads. */
function showEnding(seconds: number | undefined, tell: (text: string) => void): void {
  document.getElementById("session-ending")?.remove();
  if (seconds === undefined) return;
  const minutes = Math.max(1, Math.round(seconds / 60));
  const text = `You will be signed out in ${minutes === 1 ? "a minute" : `${minutes} minutes`} because nothing is being done here.`;
  const notice = document.createElement("div");
  notice.id = "session-ending";
  notice.className = "app-ending";
  const stay = document.createElement("button"); // pressing it is doing something
  stay.type = "button";
  stay.className = "govuk-button app-button--small";
  stay.textContent = "Stay signed in";
  notice.append(`${text} `, stay);
  document.getElementById("main-content")?.append(notice);
  tell(`${text} Press any key to stay signed in`);
}

function start(): void {
  document.body.classList.add("js-enabled", "govuk-frontend-supported");
  const state = parsePageState(document.getElementById("live-state")?.textContent ?? "");
  const store = new TopicStore(state.topics);
  const announcer = new Announcer({
    say: (text) => document.getElementById("announcer")?.replaceChildren(text),
    now: () => performance.now(),
    after,
  });
  const title = document.title;
  const hold = new Hold((total) => {
    document.title = total > 0 ? `(${total}) ${title}` : title;
  });
  const contexts = new ContextMaker(store, state);
  const templates: Record<string, string> = {};
  const renderer = new PageRenderer(store, contexts, templates, hold);
  const timers = new Timers();
  const drafts = new Drafts(localStorageOrNothing(), contexts.person);

  const waiting = new Set<() => void>();
  let isCatchingUp = false;
  store.onDifference((difference) => {
    renderer.show(difference);
    timers.show();
    for (const look of waiting) look();
    const isOwn = difference.rows.some(({ after: row }) => row?.["by"] !== undefined && row["by"] === contexts.person);
    const words = describe(difference, (key) => store.get(difference.topic)?.entities.get(key));
    if (words !== undefined && !isOwn && !isCatchingUp && !isSubmitting()) announcer.tell(words);
    if (difference.isOtherAudience) showNotice("What you may see and do here has changed.");
  });

  const connection = new Connection({ show: showConnection, tell: (text) => announcer.tell(text), now: () => new Date(), after });
  const streamer = new Streamer(
    store,
    { open: () => new TicketedSocket(socketAddress(), contexts.person !== undefined && contexts.person !== ""), after, random: Math.random },
    {
      state: (live) => {
        isCatchingUp = live !== "live";
        connection.set(live);
        if (live === "live") editing.again();
        if (live === "live" && contexts.model(`room/${textAt(state.params, "meeting")}`)) void timers.setClock();
        if (live === "ended") {
          use.ending(undefined);
          // Where nobody can say it, nobody is told that they were signed out.
          void askWhoIsSignedIn().then((now) => (now?.person === "" ? showSignedOut() : showNotice("What you may see and do here has changed.")));
        }
        for (const look of waiting) look();
      },
      caughtUp: (changes) => announcer.tell(changes === 1 ? "1 change while you were away" : `${changes} changes while you were away`),
      revoked: (topic) => {
        for (const element of document.querySelectorAll(`[data-topic="${CSS.escape(topic)}"]`)) element.remove();
        if (!isPresence(topic)) showNotice("You may no longer see what was here.");
      },
      ending: (seconds) => use.ending(seconds),
    },
  );
  const late = new LateTopics(streamer, renderer);
  store.onDifference((difference) => late.look(difference));
  const use = new SessionUse({
    say: () => streamer.here(),
    isFollowed: () => document.querySelector("[data-stays-signed-in]") !== null,
    warn: (seconds) => showEnding(seconds, (text) => announcer.tell(text)),
    after,
  });

  const editing = new Editing({
    tell: (row) => {
      const topic = store.names().find(isPresence);
      if (topic !== undefined) streamer.doing(topic, row);
    },
    inHand: () => document.activeElement,
    after,
  });

  const isShown = (topic: string, epoch: string, version: number): boolean => {
    const held = store.position(topic) ?? [...store.topics()].find((other) => other.epoch === epoch);
    return held !== undefined && held.epoch === epoch && held.version >= version;
  };
  const shown = (topic: string, epoch: string, version: number): Promise<boolean> =>
    new Promise((resolve) => {
      const finish = (result: boolean): void => {
        waiting.delete(look);
        cancel();
        resolve(result);
      };
      const look = (): void => {
        if (isShown(topic, epoch, version)) finish(true);
        else if (streamer.state !== "live") finish(false);
        else if (topic === "") finish(true); // to a visitor the gateway names no topic that could be waited for
      };
      const cancel = after(SHOWN_WITHIN_MS, () => finish(streamer.state === "live"));
      waiting.add(look);
      look();
    });

  const forms = new Forms({
    announcer, drafts, renderer, contexts, shown,
    go: (path) => goTo(path),
    newId: randomId,
  });
  const isSubmitting = (): boolean => forms.isBusy;
  forms.start();
  // Opening a paper leaves this page as it is, and is told here before the service has told it.
  document.addEventListener("click", (event) => {
    const href = event.target instanceof Element ? event.target.closest("a")?.getAttribute("href") : null;
    const [, paper, version] = /^\/papers\/([^/]+)\/(?:file|read)\/(\d+)$/.exec(href ?? "") ?? [];
    if (paper === undefined || !contexts.person) return;
    contexts.opened(paper, Number(version));
    after(MARKED_AFTER_MS, () => renderer.refreshAll());
  });
  startDragging();
  document.addEventListener("animationend", (event) => {
    if (event.target instanceof Element) event.target.classList.remove("app-new", "app-moved");
  });
  const keeper = new DraftKeeper(drafts);
  keeper.start();
  const threads = new Threads({ streamer, renderer, hold, keeper, announcer, after });
  threads.start(drafts.names());
  startWords((block, chosen) => {
    const writer = block.querySelector<HTMLAnchorElement>("a[data-writes]");
    if (writer) threads.write(writer, (place) => fillWords(place, chosen));
    else fillWords(document, chosen);
  }, after);
  document.querySelector<HTMLElement>("#error-summary")?.focus();
  focusDone();
  forgetSaved();
  const player = document.getElementById("replay-player");
  if (player) void import("./replay.ts").then(({ startReplay }) => startReplay(player), () => {}); // the list says all of it

  if (state.topics.length === 0) {
    // Nothing comes by itself here: the page is as it was asked for, and says nothing about being up to date.
    showConnection("still", "");
    return;
  }
  // Forms work, and what is typed is kept, before the templates are there with which changes are shown. Nothing may open the socket sooner.
  void loadTemplates(templates, after, () => partialsFor(document)).then((haveCome) => {
    if (!haveCome) {
      showConnection("still", "");
      showNotice("Changes by others are not shown here, because a part of the page did not load.");
      return;
    }
    window.addEventListener("online", () => streamer.hurry());
    window.addEventListener("offline", () => streamer.drop());
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) streamer.hurry();
    });
    streamer.start();
  });
  timers.start();
  editing.start(document);
  if (contexts.person !== undefined && contexts.person !== "") use.start(document);
}

/** "Saved", and what was done, is said once: not again to whoever loads the page again, or is given its address. */
function forgetSaved(): void {
  const address = new URL(window.location.href);
  if (!address.searchParams.has("saved") && !address.searchParams.has("done")) return;
  address.searchParams.delete("saved");
  address.searchParams.delete("done");
  if (address.hash === "#done") address.hash = "";
  window.history.replaceState(window.history.state, "", address);
}

function goTo(path: string): void {
  const target = new URL(path, window.location.href);
  const isHere = target.pathname === window.location.pathname && target.search === window.location.search;
  window.location.assign(target);
  if (isHere) window.location.reload();
}

/** A browser may refuse; then nothing is kept, and everything else works. */
function localStorageOrNothing(): Storage {
  try {
    return window.localStorage;
  } catch {
    return { length: 0, clear: () => {}, getItem: () => null, key: () => null, removeItem: () => {}, setItem: () => {} };
  }
}

start();
