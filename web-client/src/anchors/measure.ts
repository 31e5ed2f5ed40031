// How well a stretch of the new draft agrees with the words that somebody commented on: shared/anchors/measure.cpp, where
// the reasons stand.
import type { Alignment } from "./alignment.ts";
import { divided, mayBecome, NOWHERE, sizeOf, type Draft, type Range, type Vocabulary } from "./draft.ts";
import { findExactly } from "./search.ts";

export const CONTEXT_WORDS = 8;
export const WORDS_SHORT = 3;
const TELLING_WORDS_HOME = 3;
const TELLING_WORDS = 5;
const SENTENCE_EDGE = 500;

export interface Drafts {
  oldDraft: Draft;
  newDraft: Draft;
  vocabulary: Vocabulary;
  alignment: Alignment;
}

/** An anchor as words, or as marks that stand beside one. */
export interface Target {
  block: number;
  start: number;
  end: number;
  words: Range;
  isWhole: boolean;
  marks: number[];
  marksApart: number;
  areMarksAfter: boolean;
}

export class Mapping {
  readonly #image: readonly number[];
  readonly #imageBegin: number;
  readonly #source: readonly number[];
  readonly #sourceBegin: number;

  constructor(image: readonly number[], imageBegin: number, source: readonly number[], sourceBegin: number) {
    this.#image = image;
    this.#imageBegin = imageBegin;
    this.#source = source;
    this.#sourceBegin = sourceBegin;
  }

  imageOf(oldWord: number): number {
    return this.#image[oldWord - this.#imageBegin] ?? NOWHERE;
  }

  sourceOf(newWord: number): number {
    return this.#source[newWord - this.#sourceBegin] ?? NOWHERE;
  }
}

export interface Candidate {
  block: number;
  words: Range;
  start: number;
  end: number;
  quote: number;
  before: number;
  after: number;
  sentence: number;
  inContext: number;
  score: number;
  lost: number;
  evidence: number;
  isHome: boolean;
  isInOrder: boolean;
  isBounded: boolean;
  isTaken: boolean;
}

type Reach = "far" | "sentence";

function neighboursBefore(draft: Draft, word: number, reach: Reach): number[] {
  const ids: number[] = [];
  while (ids.length < Math.min(word, CONTEXT_WORDS)) {
    if (reach === "sentence" && draft.beginsSentence(word - ids.length)) break;
    ids.push(draft.words[word - 1 - ids.length]!.id);
  }
  return ids;
}

function neighboursAfter(draft: Draft, word: number, reach: Reach): number[] {
  const ids: number[] = [];
  while (ids.length < Math.min(draft.words.length - word, CONTEXT_WORDS)) {
    if (reach === "sentence" && draft.beginsSentence(word + ids.length)) break;
    ids.push(draft.words[word + ids.length]!.id);
  }
  return ids;
}

function agreement(vocabulary: Vocabulary, oldWords: readonly number[], newWords: readonly number[]): number {
  const best = new Array<number>(newWords.length + 1).fill(0);
  let total = 0;
  for (const word of oldWords) {
    const weight = vocabulary.weight(word);
    total += weight;
    let diagonal = 0;
    newWords.forEach((other, c) => {
      const pair = word === other ? diagonal + weight : 0;
      diagonal = best[c + 1]!;
      best[c + 1] = Math.max(best[c + 1]!, best[c]!, pair);
    });
  }
  return total === 0 ? 0 : divided(1000 * best[newWords.length]!, total);
}

export function agreementBefore({ oldDraft, newDraft, vocabulary }: Drafts, oldWord: number, newWord: number): number {
  if (oldDraft.isFirst(oldWord) && newDraft.isFirst(newWord)) return 1000;
  const agreeing = (reach: Reach): number => agreement(vocabulary, neighboursBefore(oldDraft, oldWord, reach), neighboursBefore(newDraft, newWord, reach));
  const areEdges = oldDraft.beginsSentence(oldWord) && newDraft.beginsSentence(newWord);
  return Math.max(agreeing("far"), agreeing("sentence"), areEdges ? SENTENCE_EDGE : 0);
}

export function agreementAfter({ oldDraft, newDraft, vocabulary }: Drafts, oldWord: number, newWord: number): number {
  if (oldDraft.isLast(oldWord - 1) && newDraft.isLast(newWord - 1)) return 1000;
  const agreeing = (reach: Reach): number => agreement(vocabulary, neighboursAfter(oldDraft, oldWord, reach), neighboursAfter(newDraft, newWord, reach));
  const areEdges = oldDraft.beginsSentence(oldWord) && newDraft.beginsSentence(newWord);
  return Math.max(agreeing("far"), agreeing("sentence"), areEdges ? SENTENCE_EDGE : 0);
}

interface Match {
  oldWord: number;
  newWord: number;
  credit: number;
}

const replaced = (quoted: number, run: number, isBounded: boolean): number =>
  quoted === 0 ? 0 : isBounded && run <= 2 * quoted + 2 ? run : Math.min(quoted, run);

class Measuring {
  readonly #drafts: Drafts;
  readonly #old: Draft;
  readonly #new: Draft;
  readonly #target: Target;
  readonly #mapping: Mapping;
  #matches: Match[] = [];
  #hull: Range = { begin: 0, end: 0 };
  readonly #candidate: Candidate = {
    block: 0, words: { begin: 0, end: 0 }, start: 0, end: 0, quote: 0, before: 0, after: 0, sentence: 0, inContext: 0, score: 0, lost: 0, evidence: 0,
    isHome: false, isInOrder: false, isBounded: false, isTaken: false,
  };

  constructor(drafts: Drafts, target: Target, mapping: Mapping) {
    this.#drafts = drafts;
    this.#old = drafts.oldDraft;
    this.#new = drafts.newDraft;
    this.#target = target;
    this.#mapping = mapping;
  }

  run(): Candidate | undefined {
    this.#collect();
    this.#keepDensest();
    const hasMatches = this.#matches.length > 0;
    if (!(hasMatches ? this.#chooseBlock() : this.#takeReplaced())) return undefined;
    if (hasMatches) this.#widen();
    const block = this.#new.wordsOf(this.#candidate.block);
    this.#candidate.words = { begin: Math.max(this.#hull.begin, block.begin), end: Math.min(this.#hull.end, block.end) };
    this.#findCharacters();
    this.#agree();
    return this.#candidate;
  }

  #collect(): void {
    const { begin, end } = this.#target.words;
    for (let i = begin; i < end; ++i) {
      const j = this.#mapping.imageOf(i);
      if (j === NOWHERE) continue;
      const { id } = this.#old.words[i]!;
      const weight = this.#drafts.vocabulary.weight(id);
      this.#matches.push({ oldWord: i, newWord: j, credit: id === this.#new.words[j]!.id ? weight : divided(weight * 3, 4) });
    }
  }

  #keepDensest(): void {
    let most = 0;
    let value = 0;
    let begin = 0;
    const densest: Range = { begin: 0, end: 0 };
    this.#matches.forEach(({ newWord, credit }, k) => {
      if (k > 0) value -= divided(this.#new.weight({ begin: this.#matches[k - 1]!.newWord + 1, end: newWord }), 2);
      if (value <= 0) {
        value = 0;
        begin = k;
      }
      value += credit;
      if (value <= most) return;
      most = value;
      densest.begin = begin;
      densest.end = k + 1;
    });
    if (sizeOf(densest) > 0) this.#keepEnds(densest);
    this.#matches = this.#matches.slice(densest.begin, densest.end);
  }

  #keepEnds(kept: Range): void {
    const matches = this.#matches;
    const { begin, end } = this.#target.words;
    const wordsMax = 3 * (end - begin) + CONTEXT_WORDS;
    const isNear = (k: number): boolean => matches[Math.max(k, kept.end - 1)]!.newWord - matches[Math.min(k, kept.begin)]!.newWord < wordsMax;
    const first = matches[0]!;
    const last = matches.at(-1)!;
    const isBegin = begin > 0 && first.newWord > 0 && first.oldWord === begin && this.#mapping.imageOf(begin - 1) === first.newWord - 1;
    const isEnd = last.oldWord === end - 1 && this.#mapping.imageOf(end) === last.newWord + 1;
    if (isBegin && isNear(0)) kept.begin = 0;
    if (isEnd && isNear(matches.length - 1)) kept.end = matches.length;
  }

  #chooseBlock(): boolean {
    let most = 0;
    for (let k = 0; k < this.#matches.length;) {
      const { block } = this.#new.words[this.#matches[k]!.newWord]!;
      let credit = 0;
      for (; k < this.#matches.length && this.#new.words[this.#matches[k]!.newWord]!.block === block; ++k) credit += this.#matches[k]!.credit;
      if (!mayBecome(this.#old, this.#target.block, this.#new, block) || credit <= most) continue;
      most = credit;
      this.#candidate.block = block;
    }
    return most > 0;
  }

  #takeReplaced(): boolean {
    const { begin, end } = this.#target.words;
    if (end - begin > WORDS_SHORT) return false;
    const isWholeBegin = this.#old.isFirst(begin);
    const isWholeEnd = this.#old.isLast(end - 1);
    if (isWholeBegin && isWholeEnd) return false;
    const before = isWholeBegin ? NOWHERE : this.#mapping.imageOf(begin - 1);
    const after = isWholeEnd ? NOWHERE : this.#mapping.imageOf(end);
    if ((before === NOWHERE && !isWholeBegin) || (after === NOWHERE && !isWholeEnd)) return false;
    this.#candidate.block = this.#new.words[before === NOWHERE ? after : before]!.block;
    const block = this.#new.wordsOf(this.#candidate.block);
    const hull = { begin: before === NOWHERE ? block.begin : before + 1, end: after === NOWHERE ? block.end : after };
    this.#hull = hull;
    this.#candidate.isBounded = true;
    return hull.begin < hull.end && hull.begin >= block.begin && hull.end <= block.end && sizeOf(hull) <= 2 * (end - begin) + 2 &&
      !this.#stoodInBlock(hull) && mayBecome(this.#old, this.#target.block, this.#new, this.#candidate.block);
  }

  #stoodInBlock(words: Range): boolean {
    const places = findExactly(this.#new, words, this.#old, this.#old.wordsOf(this.#target.block), this.#drafts.vocabulary, 1);
    return !places || places.length > 0;
  }

  #widen(): void {
    const { begin, end } = this.#target.words;
    const [first, last] = [this.#matches[0]!, this.#matches.at(-1)!];
    const hull = { begin: first.newWord, end: last.newWord + 1 };
    const missingBefore = first.oldWord - begin;
    const missingAfter = end - 1 - last.oldWord;
    const isNew = (j: number): boolean => this.#mapping.sourceOf(j) === NOWHERE;

    let run = 0;
    const isAtBegin = this.#old.beginsSentence(begin);
    const begins = (j: number): boolean => this.#new.isFirst(j) || (isAtBegin && this.#new.beginsSentence(j));
    while (run <= 2 * missingBefore + 2 && !begins(hull.begin - run) && isNew(hull.begin - run - 1)) ++run;
    const isBeginKnown = begins(hull.begin - run) ? isAtBegin : begin > 0 && this.#mapping.imageOf(begin - 1) === hull.begin - run - 1;
    hull.begin -= replaced(missingBefore, run, isBeginKnown);

    run = 0;
    const isAtEnd = this.#old.beginsSentence(end);
    const ends = (j: number): boolean => this.#new.isLast(j - 1) || (isAtEnd && this.#new.beginsSentence(j));
    while (run <= 2 * missingAfter + 2 && !ends(hull.end + run) && isNew(hull.end + run)) ++run;
    const isEndKnown = ends(hull.end + run) ? isAtEnd : end < this.#old.words.length && this.#mapping.imageOf(end) === hull.end + run;
    hull.end += replaced(missingAfter, run, isEndKnown);

    this.#hull = hull;
    this.#candidate.isBounded = isBeginKnown && isEndKnown;
    const lost = (isBeginKnown ? 0 : this.#old.weight({ begin, end: first.oldWord })) + (isEndKnown ? 0 : this.#old.weight({ begin: last.oldWord + 1, end }));
    this.#candidate.lost = divided(1000 * lost, this.#old.weight(this.#target.words));
  }

  #findCharacters(): void {
    const { words, start, end, block } = this.#target;
    const c = this.#candidate;
    const [oldFirst, oldLast] = [this.#old.words[words.begin]!, this.#old.words[words.end - 1]!];
    const [newFirst, newLast] = [this.#new.words[c.words.begin]!, this.#new.words[c.words.end - 1]!];
    const [oldText, newText] = [this.#old.folded[block]!, this.#new.folded[c.block]!];
    c.start = newFirst.start;
    c.end = newLast.end;
    if (this.#mapping.imageOf(words.begin) === c.words.begin) {
      if (start > oldFirst.start) c.start = Math.min(newFirst.start + (start - oldFirst.start), newFirst.end - 1);
      const least = this.#new.isFirst(c.words.begin) ? 0 : this.#new.words[c.words.begin - 1]!.end;
      for (let i = oldFirst.start; i > start && c.start > least && oldText[i - 1] === newText[c.start - 1]; --i) --c.start;
    }
    if (this.#mapping.imageOf(words.end - 1) === c.words.end - 1) {
      if (end < oldLast.end) c.end = Math.max(newLast.end - Math.min(oldLast.end - end, newLast.end), c.start + 1);
      const most = this.#new.isLast(c.words.end - 1) ? newText.length : this.#new.words[c.words.end]!.start;
      for (let i = oldLast.end; i < end && c.end < most && oldText[i] === newText[c.end]; ++i) ++c.end;
    }
  }

  #agree(): void {
    const { words, block } = this.#target;
    const { vocabulary, alignment } = this.#drafts;
    const c = this.#candidate;
    const home = alignment.homes[block]!;
    const credit = this.#matches.reduce((sum, match) => sum + match.credit, 0);
    const own = Math.min(divided(2000 * credit, this.#old.weight(words) + this.#new.weight(this.#hull)), 1000);
    c.before = agreementBefore(this.#drafts, words.begin, this.#hull.begin);
    c.after = agreementAfter(this.#drafts, words.end, this.#hull.end);
    c.sentence = this.#sentenceKept();
    c.quote = sizeOf(words) <= WORDS_SHORT ? divided(own + c.sentence, 2) : own;
    c.isHome = home.blocks.includes(c.block);
    c.isInOrder = c.isHome && home.kind === "inOrder";
    c.isTaken = this.#cameFromElsewhere();
    const order = !c.isHome || home.isDoubtful ? 0 : c.isInOrder ? 1000 : 500;
    c.inContext = divided(50 * c.quote + 20 * c.before + 20 * c.after + 10 * order, 100);
    const enough = (c.isHome ? TELLING_WORDS_HOME : TELLING_WORDS) * vocabulary.weightMax();
    const telling = Math.min(divided(1000 * credit, Math.max(enough, 1)), 1000);
    const byItself = divided(divided(80 * c.quote * telling, 1000) + 5 * c.before + 5 * c.after + 10 * order, 100);
    c.score = Math.max(c.inContext, byItself);
    const before = { begin: words.begin - Math.min(words.begin, CONTEXT_WORDS), end: words.begin };
    const after = { begin: words.end, end: Math.min(words.end + CONTEXT_WORDS, this.#old.words.length) };
    c.evidence = credit + divided(this.#old.weight(before) * c.before + this.#old.weight(after) * c.after, 1000);
  }

  #sentenceKept(): number {
    const { words } = this.#target;
    if (sizeOf(words) > WORDS_SHORT) return 1000;
    const sentence = around(this.#old, words, CONTEXT_WORDS);
    const there = around(this.#new, this.#candidate.words, 2 * CONTEXT_WORDS);
    if (sizeOf(sentence) === sizeOf(words)) return divided(this.#candidate.before + this.#candidate.after, 2);
    let kept = 0;
    for (let i = sentence.begin; i < sentence.end; ++i) {
      const j = this.#mapping.imageOf(i);
      if (j !== NOWHERE && j >= there.begin && j < there.end) kept += this.#drafts.vocabulary.weight(this.#old.words[i]!.id);
    }
    return divided(1000 * kept, this.#old.weight(sentence));
  }

  #cameFromElsewhere(): boolean {
    const { begin, end } = this.#target.words;
    const { words } = this.#candidate;
    let taken = 0;
    for (let j = words.begin; j < words.end; ++j) {
      const i = this.#drafts.alignment.source[j]!;
      if (i !== NOWHERE && (i < begin || i >= end)) taken += this.#drafts.vocabulary.weight(this.#new.words[j]!.id);
    }
    return 2 * taken >= this.#new.weight(words);
  }
}

/** The sentence that words stand in, at most so many words to each side. */
function around(draft: Draft, words: Range, wordsMax: number): Range {
  let { begin, end } = words;
  while (words.begin - begin < wordsMax && !draft.isFirst(begin) && !draft.words[begin - 1]!.endsSentence) --begin;
  while (end - words.end < wordsMax && !draft.words[end - 1]!.endsSentence) ++end;
  return { begin, end };
}

export function measure(drafts: Drafts, target: Target, mapping: Mapping): Candidate | undefined {
  return new Measuring(drafts, target, mapping).run();
}
