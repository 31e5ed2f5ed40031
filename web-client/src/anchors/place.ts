// Carries comments from one draft to the next, as shared/anchors does in C++ and with the same results, for whoever reads
// a draft while it changes. Nothing here is needed for the first view of a page: load it when there is something to mark.
import { align, type Alignment } from "./alignment.ts";
import { Comparer } from "./compare.ts";
import { divided, Draft, NOWHERE, overlap, partitionPoint, sizeOf, Vocabulary, type Block, type Range } from "./draft.ts";
import { agreementAfter, agreementBefore, CONTEXT_WORDS, Mapping, measure, WORDS_SHORT, type Candidate, type Drafts, type Target } from "./measure.ts";
import { findExactly, findSpots, WORDS_COMPARED } from "./search.ts";

export type { Block } from "./draft.ts";

/** Words of the old draft that somebody commented on, in code points; length 0 is the block as a whole. */
export interface Anchor {
  block: string;
  start: number;
  length: number;
}

export interface Quote {
  exact: string;
  prefix: string;
  suffix: string;
}

export type Fate = "placed" | "moved" | "uncertain" | "orphaned";

/** `block` is empty when orphaned; `score` in thousandths. */
export interface Placement {
  fate: Fate;
  block: string;
  start: number;
  length: number;
  score: number;
}

const QUOTE_CONTEXT = 32;
const SCORE_LEAST = 600;
const QUOTE_LEAST = 450;
const QUOTE_LEAST_BOUNDED = 300;
const SCORE_SURE_BOUNDED = 650;
const LOST_MOST = 250;
const SCORE_SURE = 700;
const QUOTE_SURE = 650;
const QUOTE_SURE_AWAY = 800;
const EVIDENCE_WORDS_AWAY = 5;
const QUOTE_SURE_SHORT = 700;
const SENTENCE_SURE = 500;
const NEIGHBOURS_SURE = 800;
const QUOTE_SAME = 900;
const MARGIN = 50;
const MARGIN_NEIGHBOURS = 250;
const SPOTS_MAX = 6;
const CELLS_AN_ANCHOR = 250_000;
const STRETCH_WORDS = 64;
const RIVALS_MAX = 16;

const orphaned = (score: number): Placement => ({ fate: "orphaned", block: "", start: 0, length: 0, score });

export class Carrier {
  readonly #vocabulary = new Vocabulary();
  readonly #old: Draft;
  readonly #new: Draft;
  readonly #alignment: Alignment;
  readonly #drafts: Drafts;
  readonly #blockOf = new Map<string, number>();

  constructor(oldBlocks: readonly Block[], newBlocks: readonly Block[]) {
    this.#old = new Draft(oldBlocks, this.#vocabulary);
    this.#new = new Draft(newBlocks, this.#vocabulary);
    this.#old.index(this.#vocabulary);
    this.#new.index(this.#vocabulary);
    this.#alignment = align(this.#old, this.#new, this.#vocabulary);
    this.#drafts = { oldDraft: this.#old, newDraft: this.#new, vocabulary: this.#vocabulary, alignment: this.#alignment };
    this.#old.ids.forEach((id, o) => {
      if (!this.#blockOf.has(id)) this.#blockOf.set(id, o);
    });
  }

  carry(anchor: Anchor): Placement {
    const target = this.#targetOf(anchor);
    if (!target) return orphaned(0);
    const home = measure(this.#drafts, target, new Mapping(this.#alignment.image, 0, this.#alignment.source, 0));
    if (home && this.#isEvident(target, home)) return this.#placement(target, home, home.isInOrder ? "placed" : "moved");
    const candidates = this.#elsewhere(target).filter((other) => !home || !overlap(other.words, home.words));
    return this.#decide(target, home ? [home, ...candidates] : candidates);
  }

  #targetOf(anchor: Anchor): Target | undefined {
    const block = this.#blockOf.get(anchor.block);
    if (block === undefined) return undefined;
    const all = this.#old.wordsOf(block);
    if (sizeOf(all) === 0) return undefined;
    const text = this.#old.folded[block]!;
    let start = anchor.length === 0 ? 0 : Math.min(anchor.start, text.length);
    let end = anchor.length === 0 ? text.length : start + Math.min(anchor.length, text.length - start);
    let begin = all.begin + partitionPoint(sizeOf(all), (k) => this.#old.words[all.begin + k]!.end <= start);
    let last = all.begin + partitionPoint(sizeOf(all), (k) => this.#old.words[all.begin + k]!.start < end);
    let marks: number[] = [];
    let areMarksAfter = false;
    let marksApart = 0;
    if (begin >= last) {
      marks = text.slice(start, end);
      areMarksAfter = begin === all.end;
      begin = Math.min(begin, all.end - 1);
      last = begin + 1;
      const word = this.#old.words[begin]!;
      marksApart = areMarksAfter ? start - word.end : word.start - start;
      ({ start, end } = word);
    }
    return { block, start, end, words: { begin, end: last }, isWhole: begin === all.begin && last === all.end, marks, marksApart, areMarksAfter };
  }

  #elsewhere(target: Target): Candidate[] {
    const block = this.#old.wordsOf(target.block);
    const { begin, end } = target.words;
    const pattern = { begin: begin - Math.min(begin - block.begin, CONTEXT_WORDS), end: Math.min(end + CONTEXT_WORDS, block.end) };
    const candidates = this.#foundAs(target, pattern);
    const isFound = candidates.some((c) => c.quote >= QUOTE_LEAST);
    return isFound || sizeOf(pattern) === sizeOf(target.words) ? candidates : this.#foundAs(target, target.words);
  }

  #foundAs(target: Target, pattern: Range): Candidate[] {
    const wanted = this.#old.idsIn(pattern);
    const comparer = new Comparer(this.#vocabulary, CELLS_AN_ANCHOR);
    const candidates: Candidate[] = [];
    for (const { words } of findSpots(this.#old, pattern, this.#new, this.#vocabulary, SPOTS_MAX)) {
      const match = comparer.compare(wanted, this.#new.idsIn(words));
      const source = new Array<number>(sizeOf(words)).fill(NOWHERE);
      match.forEach((k, i) => {
        if (k !== NOWHERE) source[k] = pattern.begin + i;
      });
      const image = match.map((k) => (k === NOWHERE ? NOWHERE : words.begin + k));
      const candidate = measure(this.#drafts, target, new Mapping(image, pattern.begin, source, words.begin));
      if (!candidate) continue;
      const matters = !candidate.isHome && candidate.score > SCORE_LEAST - MARGIN;
      if (matters && !candidate.isTaken) candidate.isTaken = !this.#isBestSource(target, candidate);
      candidates.push(candidate);
    }
    return candidates;
  }

  #isEvident(target: Target, c: Candidate): boolean {
    const home = this.#alignment.homes[target.block]!;
    if (c.quote < 1000 || c.before < 1000 || c.after < 1000 || !c.isHome || home.isDoubtful) return false;
    return home.isUnchanged || this.#isUnique(target, c, CONTEXT_WORDS) || this.#isUnique(target, c, STRETCH_WORDS);
  }

  #isUnique({ block, words }: Target, c: Candidate, around: number): boolean {
    const oldBlock = this.#old.wordsOf(block);
    const newBlock = this.#new.wordsOf(c.block);
    const stretch = { ...words };
    const there = { ...c.words };
    if (sizeOf(stretch) !== sizeOf(there)) return false;
    const areSame = (i: number, j: number): boolean => this.#old.words[i]!.id === this.#new.words[j]!.id;
    while (words.begin - stretch.begin < around && stretch.begin > oldBlock.begin && there.begin > newBlock.begin && areSame(stretch.begin - 1, there.begin - 1)) {
      --stretch.begin;
      --there.begin;
    }
    while (stretch.end - words.end < around && stretch.end < oldBlock.end && there.end < newBlock.end && areSame(stretch.end, there.end)) {
      ++stretch.end;
      ++there.end;
    }
    const inOld = findExactly(this.#old, stretch, this.#old, oldBlock, this.#vocabulary, 2);
    const inNew = findExactly(this.#old, stretch, this.#new, newBlock, this.#vocabulary, 2);
    return inOld?.length === 1 && inNew?.length === 1;
  }

  #hasRivalInOld(target: Target, c: Candidate): boolean {
    const { homes, image } = this.#alignment;
    const all = { begin: 0, end: this.#old.words.length };
    const places = findExactly(this.#old, target.words, this.#old, all, this.#vocabulary, RIVALS_MAX);
    if (!places) return true;
    const words = Math.min(sizeOf(target.words), WORDS_COMPARED);
    return places.some((place) => {
      const rival = { begin: place, end: place + words };
      const isNearby = !c.isHome || homes[this.#old.words[place]!.block]!.blocks.includes(c.block);
      if (overlap(rival, target.words) || !isNearby) return false;
      let settled = 0;
      for (let i = rival.begin; i < rival.end; ++i) if (image[i] !== NOWHERE) ++settled;
      if (2 * settled >= words) return false;
      const neighbours = agreementBefore(this.#drafts, rival.begin, c.words.begin) + agreementAfter(this.#drafts, rival.end, c.words.end);
      return neighbours + MARGIN_NEIGHBOURS >= c.before + c.after;
    });
  }

  #isBestSource(target: Target, c: Candidate): boolean {
    const ids = this.#new.idsIn(c.words);
    const total = Math.max(this.#new.weight(c.words), 1);
    const sharedWith = (words: Range): number => {
      const match = new Comparer(this.#vocabulary, divided(CELLS_AN_ANCHOR, SPOTS_MAX)).compare(ids, this.#old.idsIn(words));
      const shared = match.reduce((sum, k, j) => sum + (k === NOWHERE ? 0 : this.#vocabulary.weight(ids[j]!)), 0);
      return divided(1000 * shared, total);
    };
    const own = sharedWith(target.words);
    const spots = findSpots(this.#new, c.words, this.#old, this.#vocabulary, SPOTS_MAX);
    return !spots.some(({ words }) => !overlap(words, target.words) && sharedWith(words) + MARGIN > own);
  }

  #isSure(target: Target, c: Candidate): boolean {
    if (c.lost > LOST_MOST) return false;
    const isBetween = c.before >= NEIGHBOURS_SURE && c.after >= NEIGHBOURS_SURE;
    const isShort = sizeOf(target.words) <= WORDS_SHORT;
    if (isShort && (c.sentence < SENTENCE_SURE || (c.quote < QUOTE_SURE_SHORT && !isBetween))) return false;
    if (c.isHome && c.isBounded) return c.score >= SCORE_SURE_BOUNDED && c.quote >= QUOTE_LEAST_BOUNDED;
    if (c.isHome) return c.score >= SCORE_SURE && c.quote >= QUOTE_SURE;
    return c.score >= SCORE_SURE && c.quote >= (isBetween ? QUOTE_SURE : QUOTE_SURE_AWAY) && c.evidence >= EVIDENCE_WORDS_AWAY * this.#vocabulary.weightMax();
  }

  #beside({ marks, marksApart, areMarksAfter }: Target, c: Candidate, placement: Placement): Placement {
    const block = this.#new.wordsOf(c.block);
    const text = this.#new.folded[c.block]!;
    const w = c.words.begin;
    const word = this.#new.words[w]!;
    const begin = areMarksAfter ? word.end : w === block.begin ? 0 : this.#new.words[w - 1]!.end;
    const end = areMarksAfter ? (w + 1 === block.end ? text.length : this.#new.words[w + 1]!.start) : word.start;
    const isAt = (at: number): boolean => at >= begin && at + marks.length <= end && marks.every((mark, k) => text[at + k] === mark);
    let start = areMarksAfter ? begin + marksApart : end - marksApart;
    if (!isAt(start)) for (start = begin; start < end && !isAt(start); ++start);
    return isAt(start) ? { ...placement, start, length: marks.length } : orphaned(0);
  }

  #placement(target: Target, c: Candidate, fate: Fate): Placement {
    const placement: Placement = { fate, block: this.#new.ids[c.block]!, start: c.start, length: c.end - c.start, score: c.score };
    if (target.marks.length > 0) return this.#beside(target, c, placement);
    // A comment on a whole block stays one, if its block became this one and nothing else did.
    if (!target.isWhole || !c.isHome || this.#alignment.homes[target.block]!.blocks.length !== 1) return placement;
    const { begin, end } = this.#new.wordsOf(c.block);
    for (let j = begin; j < end; ++j) {
      const i = this.#alignment.source[j]!;
      if (i !== NOWHERE && this.#old.words[i]!.block !== target.block) return placement;
    }
    return { ...placement, start: 0, length: this.#new.folded[c.block]!.length };
  }

  #decide(target: Target, candidates: readonly Candidate[]): Placement {
    let best: Candidate | undefined;
    for (const c of candidates) {
      if (!best || (c.isTaken !== best.isTaken ? best.isTaken : c.score > best.score)) best = c;
    }
    if (!best) return orphaned(0);
    if (!isGood(best)) return orphaned(best.score);
    const { words, score, inContext } = best;
    const hasRival = candidates.some((c) => !c.isTaken && !overlap(c.words, words) && c.score + MARGIN > score && c.inContext + MARGIN > inContext);
    const isClear = !best.isTaken && !hasRival && this.#isSure(target, best) && !this.#hasRivalInOld(target, best);
    return this.#placement(target, best, !isClear ? "uncertain" : best.isInOrder ? "placed" : "moved");
  }
}

function isGood(c: Candidate): boolean {
  if (c.score < SCORE_LEAST) return false;
  if (c.isTaken) return c.quote >= QUOTE_SAME;
  return c.quote >= (c.isHome && c.isBounded ? QUOTE_LEAST_BOUNDED : QUOTE_LEAST);
}

/** The words at an anchor, with up to 32 code points before and after; `text` is its block's. */
export function quoteAt(text: string, start: number, length: number): Quote {
  const points = Array.from(text);
  const end = Math.min(start + length, points.length);
  return {
    exact: points.slice(start, end).join(""),
    prefix: points.slice(Math.max(start - QUOTE_CONTEXT, 0), start).join(""),
    suffix: points.slice(end, end + QUOTE_CONTEXT).join(""),
  };
}

/** From code points to where the DOM counts: UTF-16 units. */
export function utf16Range(text: string, start: number, length: number): { start: number; end: number } {
  const points = Array.from(text);
  const before = points.slice(0, start).join("").length;
  return { start: before, end: before + points.slice(start, start + length).join("").length };
}
