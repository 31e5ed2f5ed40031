// The words of a paragraph that a comment is about: chosen by selecting them, and shown where they stand.
// Offsets are counted as the service does (services/consultations/domain/words.hpp): in characters that are no white space, so that it makes no
// difference how the page breaks its lines.
import { codePoints, folded, kindOf } from "./anchors/characters.ts";

const LOOKED_AFTER_MS = 150;
/** As the contract has it. */
const WORDS_MAX = 2000;
const ALL = "comment-words";
const CURRENT = "comment-words-current";
const TEXT = ".app-block__text";

export interface ChosenWords {
  /** Empty for the whole paragraph. */
  words: string;
  /** How many characters that are no white space stand before them. */
  place: number;
}

function isCompared(character: number): boolean {
  const kind = kindOf(folded(character));
  return kind !== "space" && kind !== "unseen";
}

const count = (text: string): number => codePoints(text).filter(isCompared).length;

/** Where the `from`-th to the `to`-th compared character stand within an element; nothing where it has fewer. */
export function rangeOf(element: Element, from: number, to: number): Range | undefined {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  let before = 0;
  let hasBegun = false;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const { data } = node as Text;
    let at = 0;
    for (const character of data) {
      const next = at + character.length;
      if (isCompared(character.codePointAt(0) ?? 0)) {
        if (before === from) {
          range.setStart(node, at);
          hasBegun = true;
        }
        before += 1;
        if (hasBegun && before === to) {
          range.setEnd(node, next);
          return range;
        }
      }
      at = next;
    }
  }
  return undefined;
}

const WORD = /[\p{L}\p{N}]/u;

/** A word that was begun is taken whole: a finger seldom hits its ends. */
function toWholeWords(range: Range): void {
  const { startContainer: first, endContainer: last } = range;
  if (first instanceof Text && WORD.test(first.data.charAt(range.startOffset))) {
    let at = range.startOffset;
    while (at > 0 && WORD.test(first.data.charAt(at - 1))) at -= 1;
    range.setStart(first, at);
  }
  if (last instanceof Text && range.endOffset > 0 && WORD.test(last.data.charAt(range.endOffset - 1))) {
    let at = range.endOffset;
    while (WORD.test(last.data.charAt(at))) at += 1;
    range.setEnd(last, at);
  }
}

/** As they are read: what stands in different elements of a list or a table is apart. */
function wordsOf(range: Range): string {
  const holder = document.createElement("div");
  holder.append(range.cloneContents());
  for (const element of holder.querySelectorAll("p, li, td, th, pre, blockquote")) element.prepend(" ");
  return holder.textContent;
}

/** The words that are selected within an element. */
export function chosenIn(element: Element, selected: Range): ChosenWords | undefined {
  const within = selected.cloneRange();
  if (!element.contains(within.startContainer)) within.setStart(element, 0);
  if (!element.contains(within.endContainer)) within.setEnd(element, element.childNodes.length);
  toWholeWords(within);
  const words = wordsOf(within);
  const many = count(words);
  if (many === count(element.textContent)) return { words: "", place: 0 };
  if (many === 0 || words.length > WORDS_MAX) return undefined;
  const before = document.createRange();
  before.setStart(element, 0);
  before.setEnd(within.startContainer, within.startOffset);
  return { words: words.replace(/\s+/g, " ").trim(), place: count(before.toString()) };
}

/** Puts them into the form for a comment; its field is what comes next. */
export function fillWords(place: ParentNode, { words, place: before }: ChosenWords): void {
  const field = place.querySelector<HTMLTextAreaElement>("form [name=words]");
  if (!field) return;
  const hidden = field.form?.querySelector<HTMLInputElement>("[name=place]");
  if (hidden) hidden.value = String(before);
  field.value = words;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  if (words !== "") field.closest("details")?.setAttribute("open", "");
  field.form?.querySelector<HTMLTextAreaElement>("[name=text]")?.focus();
}

/** Offers to comment on what is selected, under the paragraph it is in. `begin` opens the form there, and fills it. */
class WordChooser {
  readonly #begin: (block: HTMLElement, chosen: ChosenWords) => void;
  readonly #after: (milliseconds: number, then: () => void) => () => void;
  readonly #button: HTMLButtonElement;
  #cancel: () => void = () => {};
  #chosen: { block: HTMLElement; words: ChosenWords } | undefined;

  constructor(begin: (block: HTMLElement, chosen: ChosenWords) => void, after: (milliseconds: number, then: () => void) => () => void) {
    this.#begin = begin;
    this.#after = after;
    this.#button = document.createElement("button");
    this.#button.type = "button";
    this.#button.className = "govuk-button app-button--small app-words-button";
    this.#button.textContent = "Comment on the selected words";
    this.#button.addEventListener("click", () => this.#press());
    // Pressing it with a mouse must not take the selection away first.
    this.#button.addEventListener("pointerdown", (event) => event.preventDefault());
  }

  start(): void {
    document.addEventListener("selectionchange", () => {
      this.#cancel();
      this.#cancel = this.#after(LOOKED_AFTER_MS, () => this.look());
    });
  }

  /** Also when what the button stands in was drawn again. */
  look(): void {
    if (document.activeElement === this.#button && this.#button.isConnected) return;
    this.#chosen = this.#found();
    if (!this.#chosen) this.#button.remove();
    else if (this.#button.parentElement !== this.#chosen.block) this.#chosen.block.append(this.#button);
  }

  #found(): { block: HTMLElement; words: ChosenWords } | undefined {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || selection.rangeCount === 0) return undefined;
    const range = selection.getRangeAt(0);
    const [first, last] = [range.startContainer, range.endContainer].map((node) => (node instanceof Element ? node : node.parentElement)?.closest<HTMLElement>(TEXT));
    // Somebody who selects a whole paragraph often ends in the one after it.
    const element = first ?? last;
    const block = element?.closest<HTMLElement>("[data-words-of]");
    if (!element || !block || (first && last && first !== last)) return undefined;
    const words = chosenIn(element, range);
    return words && { block, words };
  }

  #press(): void {
    const chosen = this.#chosen;
    if (!chosen) return;
    this.#chosen = undefined;
    this.#button.remove();
    document.getSelection()?.removeAllRanges();
    this.#begin(chosen.block, chosen.words);
  }
}

/** On a page with paragraphs: follows what is selected, and what is drawn. */
export function startWords(begin: (block: HTMLElement, chosen: ChosenWords) => void, after: (milliseconds: number, then: () => void) => () => void): void {
  if (!document.querySelector(TEXT)) return;
  const chooser = new WordChooser(begin, after);
  chooser.start();
  let ranges: ReadonlyMap<Element, Range> = new Map();
  const again = onceAFrame(() => {
    ranges = rangesOfComments();
    mark(ranges);
    chooser.look();
  });
  new MutationObserver(again).observe(document.body, { childList: true, subtree: true, characterData: true });
  const over = onceAFrame(() => mark(ranges));
  for (const event of ["mouseover", "focusin"]) document.addEventListener(event, over, { passive: true });
  again();
}

function onceAFrame(then: () => void): () => void {
  let isWaiting = false;
  return () => {
    if (isWaiting) return;
    isWaiting = true;
    requestAnimationFrame(() => {
      isWaiting = false;
      then();
    });
  };
}

/** The words of every comment that is shown. */
function rangesOfComments(): Map<Element, Range> {
  const ranges = new Map<Element, Range>();
  for (const comment of document.querySelectorAll<HTMLElement>(".app-comment[data-to]")) {
    const text = textOf(comment);
    const range = text && rangeOf(text, Number(comment.dataset["from"]), Number(comment.dataset["to"]));
    if (range) ranges.set(comment, range);
  }
  return ranges;
}

/** Those of the comment under the mouse, or with the focus, more strongly. */
function mark(ranges: ReadonlyMap<Element, Range>): void {
  if (!("highlights" in CSS)) return; // the words stand with each comment as well
  const isCurrent = (comment: Element): boolean => comment.matches(":hover, :focus-within");
  CSS.highlights.set(ALL, new Highlight(...[...ranges].filter(([comment]) => !isCurrent(comment)).map(([, range]) => range)));
  CSS.highlights.set(CURRENT, new Highlight(...[...ranges].filter(([comment]) => isCurrent(comment)).map(([, range]) => range)));
}

/** Of the paragraph that a comment is about: around it in the draft, above it on a page of its own. */
function textOf(comment: HTMLElement): Element | null {
  return (comment.closest(".app-block") ?? document).querySelector(`.app-block > .app-block__row > ${TEXT}, .app-about > ${TEXT}`);
}
