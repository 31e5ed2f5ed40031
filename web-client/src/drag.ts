// Dragging in the agenda builder, for whoever points. It fills in the item's "Move to" and sends it, so that all that
// follows is as with the buttons, which everybody has.
import { elementsOf } from "./render/lists.ts";

const EDGE = 60;
const STEP = 12;

/** "6.1" is beside "6.2" and under "6"; "6" is beside "7". */
export function isUnder(number: string, above: string): boolean {
  return number.startsWith(`${above}.`);
}

export function isBeside(number: string, other: string): boolean {
  return number.replace(/[^.]+$/, "") === other.replace(/[^.]+$/, "");
}

/** The place, counted from 1, of what is dropped at `y` among others whose middles are these. */
export function placeAt(y: number, middles: readonly number[]): number {
  return 1 + middles.filter((middle) => middle < y).length;
}

/** An item with what is under it. */
interface Block {
  first: HTMLElement;
  last: HTMLElement;
}

const numberOf = (item: Element): string => (item.querySelector(".app-agenda-item__number")?.textContent ?? "").replace(/\.$/, "");

function blocksBeside(item: HTMLElement, list: Element): Block[] {
  const items = elementsOf(list);
  return items.filter((other) => isBeside(numberOf(other), numberOf(item))).map((first) => ({ first, last: items.findLast((other) => isUnder(numberOf(other), numberOf(first))) ?? first }));
}

const middleOf = ({ first, last }: Block): number => (first.getBoundingClientRect().top + last.getBoundingClientRect().bottom) / 2;

class Drag {
  readonly #item: HTMLElement;
  readonly #list: HTMLElement;
  readonly #blocks: Block[];
  readonly #ending = new AbortController();
  readonly #observer = new MutationObserver(() => this.#end());
  #marked: HTMLElement | undefined;
  #to = 0; // 0: nowhere
  #x = 0;
  #y = 0;

  constructor(handle: HTMLElement, item: HTMLElement, list: HTMLElement, { pointerId, clientX, clientY }: PointerEvent) {
    [this.#item, this.#list, this.#x, this.#y] = [item, list, clientX, clientY];
    this.#blocks = blocksBeside(item, list);
    const { signal } = this.#ending;
    handle.setPointerCapture(pointerId);
    handle.addEventListener("pointermove", (event) => {
      [this.#x, this.#y] = [event.clientX, event.clientY];
      this.#look();
    }, { signal });
    handle.addEventListener("pointerup", () => this.#drop(), { signal });
    for (const name of ["pointercancel", "lostpointercapture"]) handle.addEventListener(name, () => this.#end(), { signal });
    window.addEventListener("blur", () => this.#end(), { signal });
    document.addEventListener("keydown", ({ key }) => key === "Escape" && this.#end(), { signal });
    // What others change meanwhile may be where it was to land.
    this.#observer.observe(list, { childList: true, subtree: true, characterData: true });
    item.classList.add("app-dragged");
    this.#scroll();
  }

  #look(): void {
    const { left, right, top, bottom } = this.#list.getBoundingClientRect();
    const isInside = this.#x >= left && this.#x <= right && this.#y >= top && this.#y <= bottom;
    const own = this.#blocks.findIndex(({ first }) => first === this.#item);
    const others = this.#blocks.filter((_, i) => i !== own);
    const to = placeAt(this.#y, others.map(middleOf));
    this.#to = isInside && to !== own + 1 ? to : 0;
    const next = others[to - 1];
    this.#mark(this.#to === 0 ? undefined : (next?.first ?? others.at(-1)?.last), next ? "app-drop-before" : "app-drop-after");
  }

  #mark(item: HTMLElement | undefined, name: string): void {
    this.#marked?.classList.remove("app-drop-before", "app-drop-after");
    this.#marked = item;
    item?.classList.add(name);
  }

  /** Near the edge of the window the page goes on. */
  #scroll(): void {
    if (this.#ending.signal.aborted) return;
    const by = this.#y < EDGE ? -STEP : this.#y > window.innerHeight - EDGE ? STEP : 0;
    if (by !== 0 && this.#marked) {
      window.scrollBy({ top: by, behavior: "instant" });
      this.#look();
    }
    requestAnimationFrame(() => this.#scroll());
  }

  #drop(): void {
    const to = this.#to;
    this.#end();
    const form = this.#item.querySelector<HTMLFormElement>("form.app-move-to");
    const field = form?.querySelector<HTMLInputElement>("input[name=to]");
    if (!form || !field || to === 0) return;
    field.value = String(to);
    form.requestSubmit();
  }

  #end(): void {
    this.#observer.disconnect();
    this.#ending.abort();
    this.#to = 0;
    this.#mark(undefined, "");
    this.#item.classList.remove("app-dragged");
  }
}

export function startDragging(): void {
  document.addEventListener("pointerdown", (event) => {
    const handle = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-drag]") : null;
    const item = handle?.closest<HTMLElement>("[data-key]");
    const list = item?.closest<HTMLElement>("[data-list]");
    if (!handle || !item || !list || !event.isPrimary || event.button !== 0) return;
    event.preventDefault(); // nothing is selected on the way
    new Drag(handle, item, list, event);
  });
}
