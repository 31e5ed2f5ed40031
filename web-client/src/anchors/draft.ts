// A draft as a row of words: shared/anchors/draft.cpp.
import { codePoints, folded, kindOf } from "./characters.ts";

export interface Block {
  id: string;
  takesComments: boolean;
  text: string;
}

export const NOWHERE = -1;
const LETTERS_MAX = 32;

export interface Word {
  id: number;
  block: number;
  start: number;  // In code points, within the block.
  end: number;
  endsSentence: boolean;
}

/** Half open. */
export interface Range {
  begin: number;
  end: number;
}

export const sizeOf = (range: Range): number => range.end - range.begin;
export const overlap = (a: Range, b: Range): boolean => a.begin < b.end && b.begin < a.end;
export const divided = (number: number, by: number): number => Math.floor(number / by);

/** The first index in 0…size for which `isBelow` no longer holds. */
export function partitionPoint(size: number, isBelow: (index: number) => boolean): number {
  let low = 0;
  let high = size;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBelow(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

const bitsOf = (number: number): number => 32 - Math.clz32(number);

/** Every different word of both drafts, and what it tells, in bits. */
export class Vocabulary {
  readonly #ids = new Map<string, number>();
  readonly letters: number[][] = [];
  readonly #counts: number[] = [];
  #total = 0;

  idOf(letters: number[]): number {
    const key = String.fromCodePoint(...letters);
    let id = this.#ids.get(key);
    if (id === undefined) {
      id = this.letters.length;
      this.#ids.set(key, id);
      this.letters.push(letters);
      this.#counts.push(0);
    }
    this.#counts[id]!++;
    this.#total++;
    return id;
  }

  weight(id: number): number {
    return bitsOf(divided(this.#total, this.#counts[id]!));
  }

  weightMax(): number {
    return bitsOf(divided(this.#total, 2));
  }

  get size(): number {
    return this.letters.length;
  }
}

class Reader {
  readonly folded: number[];
  readonly #text: number[];
  letters: number[] = [];
  start = 0;
  end = 0;

  constructor(text: string) {
    this.#text = codePoints(text);
    this.folded = this.#text.map(folded);
  }

  next(): boolean {
    let at = this.end;
    while (at < this.folded.length && !this.#isPart(at)) ++at;
    this.end = at;
    if (at === this.folded.length) return false;
    this.start = at;
    this.letters = [];
    const isSign = kindOf(this.folded[at]!) === "sign";
    do {
      if (this.folded[this.end] !== 0) this.letters.push(this.folded[this.end]!);
      this.end++;
    } while (this.end < this.folded.length && !isSign && this.#goesOn());
    return true;
  }

  endsSentence(): boolean {
    for (let i = this.end; i < this.folded.length && !this.#isPart(i); ++i) {
      if (this.#text[i] === 0x0a || this.#text[i] === 0x3002) return true;
      const isStop = this.folded[i] === 0x2e || this.folded[i] === 0x21 || this.folded[i] === 0x3f;
      if (isStop && (i + 1 === this.folded.length || !this.#isPart(i + 1))) return true;
    }
    return false;
  }

  #isPart(i: number): boolean {
    const kind = kindOf(this.folded[i]!);
    return kind === "letter" || kind === "digit" || kind === "sign";
  }

  #goesOn(): boolean {
    if (this.letters.length >= LETTERS_MAX) return false;
    const kind = kindOf(this.folded[this.end]!);
    return kind === "letter" || kind === "digit" || kind === "unseen" || (kind === "mark" && this.#isInside());
  }

  #isInside(): boolean {
    if (this.end + 1 === this.folded.length) return false;
    const before = kindOf(this.folded[this.end - 1]!);
    const after = kindOf(this.folded[this.end + 1]!);
    const mark = this.folded[this.end];
    if (mark === 0x27) return before === "letter" && after === "letter";
    return (mark === 0x2e || mark === 0x2c) && before === "digit" && after === "digit";
  }
}

export class Draft {
  readonly words: Word[] = [];
  readonly first: number[] = [];  // Block -> its first word; one more at the end.
  readonly ids: string[] = [];
  readonly takesComments: boolean[] = [];
  readonly folded: number[][] = [];
  readonly #weightBefore: number[] = [0];
  #placesFirst = new Int32Array(0);
  #places = new Int32Array(0);

  constructor(blocks: readonly Block[], vocabulary: Vocabulary) {
    for (const block of blocks) {
      this.first.push(this.words.length);
      this.ids.push(block.id);
      this.takesComments.push(block.takesComments);
      const reader = new Reader(block.text);
      while (reader.next()) {
        const { start, end } = reader;
        this.words.push({ id: vocabulary.idOf(reader.letters), block: this.ids.length - 1, start, end, endsSentence: reader.endsSentence() });
      }
      if (this.words.length > this.first.at(-1)!) this.words.at(-1)!.endsSentence = true;
      this.folded.push(reader.folded);
    }
    this.first.push(this.words.length);
  }

  index(vocabulary: Vocabulary): void {
    this.#placesFirst = new Int32Array(vocabulary.size + 1);
    for (const word of this.words) {
      this.#weightBefore.push(this.#weightBefore.at(-1)! + vocabulary.weight(word.id));
      this.#placesFirst[word.id + 1]!++;
    }
    for (let id = 0; id < vocabulary.size; ++id) this.#placesFirst[id + 1]! += this.#placesFirst[id]!;
    this.#places = new Int32Array(this.words.length);
    const next = this.#placesFirst.slice();
    this.words.forEach((word, i) => {
      this.#places[next[word.id]!++] = i;
    });
  }

  get blocks(): number {
    return this.ids.length;
  }

  wordsOf(block: number): Range {
    return { begin: this.first[block]!, end: this.first[block + 1]! };
  }

  idsIn({ begin, end }: Range): number[] {
    const ids: number[] = [];
    for (let i = begin; i < end; ++i) ids.push(this.words[i]!.id);
    return ids;
  }

  placesOf(id: number): Int32Array {
    return this.#places.subarray(this.#placesFirst[id]!, this.#placesFirst[id + 1]!);
  }

  placesWithin(id: number, within: Range): Int32Array {
    const all = this.placesOf(id);
    const begin = partitionPoint(all.length, (k) => all[k]! < within.begin);
    return all.subarray(begin, Math.max(begin, partitionPoint(all.length, (k) => all[k]! < within.end)));
  }

  weight({ begin, end }: Range): number {
    return this.#weightBefore[end]! - this.#weightBefore[begin]!;
  }

  isFirst(word: number): boolean {
    return word === this.first[this.words[word]!.block];
  }

  isLast(word: number): boolean {
    return word + 1 === this.first[this.words[word]!.block + 1];
  }

  beginsSentence(word: number): boolean {
    return word === 0 || this.words[word - 1]!.endsSentence;
  }
}

/** Words of a heading may be placed anywhere, others not in a heading. */
export function mayBecome(oldDraft: Draft, oldBlock: number, newDraft: Draft, newBlock: number): boolean {
  return newDraft.takesComments[newBlock]! || !oldDraft.takesComments[oldBlock]!;
}
