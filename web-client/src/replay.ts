// Plays a meeting that is over: the page has its moments as a list already; this goes along it. Nothing moves but words, and only once
// somebody presses a button.

/** The number of the last moment at or before that second of the meeting; the first where there is none. */
export function momentAt(seconds: readonly number[], time: number): number {
  let found = 0;
  for (const [n, second] of seconds.entries()) if (second <= time) found = n;
  return found;
}

const TICK_MS = 250;
const SPEEDS = [10, 60, 300];

function button(words: string, press: () => void): HTMLButtonElement {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "govuk-button govuk-button--secondary app-button--small";
  element.textContent = words;
  element.addEventListener("click", press);
  return element;
}

function textOf(element: Element | null | undefined): string {
  return (element?.textContent ?? "").trim();
}

class Player {
  readonly #play = button("Play", () => (this.#timer === undefined ? this.#start() : this.#stop()));
  readonly #range = document.createElement("input");
  readonly #speed = document.createElement("select");
  readonly #words = document.createElement("div");
  #at = 0;
  #time = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(place: HTMLElement) {
    place.className = "app-replay";
    place.setAttribute("role", "group");
    place.setAttribute("aria-label", "Play back");
    this.#range.type = "range";
    this.#range.min = "0";
    this.#range.setAttribute("aria-label", "Moment of the meeting");
    this.#range.addEventListener("input", () => this.#go(Number(this.#range.value)));
    this.#speed.className = "govuk-select";
    this.#speed.id = "replay-speed";
    for (const times of SPEEDS) this.#speed.add(new Option(`${times} times as fast`, String(times), times === 60, times === 60));
    const label = document.createElement("label");
    label.className = "govuk-label app-replay__speed";
    label.append("Speed ", this.#speed);
    const ways = document.createElement("div");
    ways.className = "app-replay__ways";
    ways.append(button("Previous moment", () => this.#go(this.#at - 1)), this.#play, button("Next moment", () => this.#go(this.#at + 1)), label);
    place.append(this.#words, this.#range, ways);
    this.#go(0);
    this.#words.setAttribute("aria-live", "polite"); // from the first press on
  }

  /** As they are now: the list is drawn again when something in it changes. */
  #moments(): HTMLElement[] {
    return [...document.querySelectorAll<HTMLElement>("[data-seconds]")];
  }

  #go(to: number): void {
    this.#stop();
    this.#show(to);
  }

  #show(to: number): void {
    const moments = this.#moments();
    this.#at = Math.min(Math.max(to, 0), moments.length - 1);
    const moment = moments[this.#at];
    if (!moment) return;
    this.#time = Number(moment.dataset["seconds"]);
    const heading = textOf(moment.closest(".app-moments")?.parentElement?.querySelector(`#${this.#headingOf(moment)}`));
    const when = [...moment.querySelectorAll(".app-moment__at span")].map(textOf).join(", ");
    const text = [textOf(moment.querySelector(".app-moment__text")), textOf(moment.querySelector(".app-moment__words"))].filter((words) => words !== "").join(": ");
    for (const other of document.querySelectorAll("[data-seconds][aria-current]")) other.removeAttribute("aria-current");
    moment.setAttribute("aria-current", "step");
    this.#range.max = String(moments.length - 1);
    this.#range.value = String(this.#at);
    this.#range.setAttribute("aria-valuetext", `${when}. ${heading}. ${text}`);
    this.#words.replaceChildren(...[[`${when} – ${heading}`, "app-replay__now"], [text, ""], [moment.dataset["state"] ?? "", "app-replay__state"]].map(([words, name]) => {
      const line = document.createElement("p");
      line.className = `govuk-body ${name}`;
      line.textContent = words ?? "";
      return line;
    }));
  }

  /** Each group's list stands after its heading. */
  #headingOf(moment: Element): string {
    for (let before = moment.closest(".app-moments")?.previousElementSibling; before; before = before.previousElementSibling) if (before.tagName === "H2") return before.id;
    return "main-content";
  }

  #start(): void {
    if (this.#at === this.#moments().length - 1) this.#show(0);
    this.#play.textContent = "Pause";
    this.#words.setAttribute("aria-live", "off"); // it would not stop talking
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  #stop(): void {
    if (this.#timer === undefined) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#play.textContent = "Play";
    this.#words.setAttribute("aria-live", "polite");
  }

  #tick(): void {
    const time = this.#time + (TICK_MS / 1000) * Number(this.#speed.value);
    const seconds = this.#moments().map((moment) => Number(moment.dataset["seconds"]));
    // Moments of the same second are told one by one.
    const next = Math.min(momentAt(seconds, time), this.#at + 1);
    if (next !== this.#at) this.#show(next);
    this.#time = next + 1 < seconds.length && (seconds[next + 1] ?? 0) <= time ? Math.max(this.#time, seconds[next] ?? 0) : time;
    if (this.#at === seconds.length - 1) this.#stop();
  }
}

export function startReplay(place: HTMLElement): void {
  if (document.querySelectorAll("[data-seconds]").length > 1) new Player(place);
}
