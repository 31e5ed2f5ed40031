// Which blocks of the new draft each block of the old one became: shared/anchors/alignment.cpp, where the rules stand.
import { kindOf } from "./characters.ts";
import { Comparer } from "./compare.ts";
import { divided, NOWHERE, sizeOf, type Draft, type Vocabulary } from "./draft.ts";
import { forEachTelling } from "./search.ts";

const PARTNERS_MAX = 8;
const PLACES_TELLING = 16;
const LIKE = 250;
const PART_OF = 600;
const PART_WORDS_MIN = 5;
const LIKE_WHEN_MOVED = 500;
const SHARES_MAX = 1200;
const CELLS_ALL_BLOCKS = 50_000_000;
const ABOVE_WORD = 2 ** 26;  // More than there are words: a pair of words is one number below 2^53.

export interface Home {
  kind: "none" | "inOrder" | "moved";
  blocks: number[];
  isDoubtful: boolean;
  isUnchanged: boolean;
}

export interface Alignment {
  homes: Home[];
  image: number[];
  source: number[];
}

interface Pair {
  oldBlock: number;
  newBlock: number;
  weight: number;
  likeness: number;
  ofOld: number;
  ofNew: number;
  telling: number;
  support: number;
  value: number;
}

const isTelling = (pair: Pair | undefined): boolean => pair !== undefined && 3 * pair.telling >= pair.weight;

interface Bag {
  items: Float64Array;
  weight: number;
}

interface Twins {
  inOld: number[];
  inNew: number[];
}

class Pairing {
  readonly #old: Draft;
  readonly #new: Draft;
  readonly #vocabulary: Vocabulary;
  readonly #oldBags: Bag[];
  readonly #newBags: Bag[];
  readonly #inBlocks = new Map<number, { ofOld: number; ofNew: number }>();
  readonly #twins = new Map<string, Twins>();
  readonly #twinsOf: Twins[] = [];  // By old block.
  readonly #votes: number[];

  constructor(oldDraft: Draft, newDraft: Draft, vocabulary: Vocabulary) {
    this.#old = oldDraft;
    this.#new = newDraft;
    this.#vocabulary = vocabulary;
    this.#votes = new Array<number>(newDraft.blocks).fill(0);
    for (let o = 0; o < oldDraft.blocks; ++o) {
      const twins = this.#twinsIn(oldDraft, o);
      twins.inOld.push(o);
      this.#twinsOf.push(twins);
    }
    for (let n = 0; n < newDraft.blocks; ++n) this.#twinsIn(newDraft, n).inNew.push(n);
    this.#oldBags = oldDraft.ids.map((_, o) => this.#bagOf(oldDraft, o));
    this.#newBags = newDraft.ids.map((_, n) => this.#bagOf(newDraft, n));
    this.#countBlocks();
  }

  pairs(): Pair[] {
    const pairs: Pair[] = [];
    for (let o = 0; o < this.#old.blocks; ++o) {
      for (const n of this.#partnersOf(o)) {
        if (this.#old.takesComments[o] !== this.#new.takesComments[n]) continue;
        const pair = this.#compared(o, n);
        if (this.#areSameOfAll(o, n)) pair.telling = pair.weight;
        const wasMerged = pair.ofOld >= PART_OF && sizeOf(this.#old.wordsOf(o)) >= PART_WORDS_MIN;
        const wasSplit = pair.ofNew >= PART_OF && sizeOf(this.#new.wordsOf(n)) >= PART_WORDS_MIN;
        if (pair.likeness >= LIKE || wasMerged || wasSplit) pairs.push(pair);
      }
    }
    return this.#supported(pairs);
  }

  twinsOf(oldBlock: number): Twins {
    return this.#twinsOf[oldBlock]!;
  }

  #twinsIn(draft: Draft, block: number): Twins {
    const key = draft.idsIn(draft.wordsOf(block)).join(" ");
    const twins = this.#twins.get(key) ?? { inOld: [], inNew: [] };
    this.#twins.set(key, twins);
    return twins;
  }

  #weightOf(item: number): number {
    const first = divided(item, ABOVE_WORD);
    const second = this.#vocabulary.weight(item % ABOVE_WORD);
    return first === 0 ? second : second + this.#vocabulary.weight(first - 1);
  }

  #bagOf(draft: Draft, block: number): Bag {
    let ids = draft.idsIn(draft.wordsOf(block));
    if (!draft.takesComments[block]) {
      const name = ids.findIndex((id) => kindOf(this.#vocabulary.letters[id]![0]!) !== "digit");
      if (name > 0) ids = ids.slice(name);
    }
    const items: number[] = [];
    ids.forEach((id, i) => {
      items.push(id);
      if (i > 0) items.push((ids[i - 1]! + 1) * ABOVE_WORD + id);
    });
    const sorted = Float64Array.from(items).sort();
    return { items: sorted, weight: sorted.reduce((sum, item) => sum + this.#weightOf(item), 0) };
  }

  #countBlocks(): void {
    const eachOnce = (bag: Bag, count: (blocks: { ofOld: number; ofNew: number }) => void): void => {
      for (const item of new Set(bag.items)) {
        const blocks = this.#inBlocks.get(item) ?? { ofOld: 0, ofNew: 0 };
        count(blocks);
        this.#inBlocks.set(item, blocks);
      }
    };
    for (const bag of this.#oldBags) eachOnce(bag, (blocks) => ++blocks.ofOld);
    for (const bag of this.#newBags) eachOnce(bag, (blocks) => ++blocks.ofNew);
  }

  #areSameOfAll(oldBlock: number, newBlock: number): boolean {
    const { inOld, inNew } = this.#twinsOf[oldBlock]!;
    return inOld.length === inNew.length && inNew[inOld.indexOf(oldBlock)] === newBlock;
  }

  #partnersOf(oldBlock: number): number[] {
    const votes = this.#votes;
    const voted: number[] = [];
    forEachTelling(this.#old, this.#old.wordsOf(oldBlock), this.#new, this.#vocabulary, PLACES_TELLING, (place, weight) => {
      const n = this.#new.words[place]!.block;
      if (votes[n] === 0) voted.push(n);
      votes[n]! += weight;
    });
    voted.sort((a, b) => votes[b]! - votes[a]! || a - b);
    for (const n of voted) votes[n] = 0;
    const partners = voted.slice(0, PARTNERS_MAX);
    const { inOld, inNew } = this.#twinsOf[oldBlock]!;
    const rank = inOld.indexOf(oldBlock);
    const fromLast = inOld.length - rank;
    if (rank < inNew.length) partners.push(inNew[rank]!);
    if (fromLast <= inNew.length) partners.push(inNew[inNew.length - fromLast]!);
    return [...new Set(partners)].sort((a, b) => a - b);
  }

  #compared(oldBlock: number, newBlock: number): Pair {
    const pair: Pair = { oldBlock, newBlock, weight: 0, likeness: 0, ofOld: 0, ofNew: 0, telling: 0, support: 0, value: 0 };
    const a = this.#oldBags[oldBlock]!;
    const b = this.#newBags[newBlock]!;
    for (let i = 0, j = 0; i < a.items.length && j < b.items.length;) {
      const [ofA, ofB] = [a.items[i]!, b.items[j]!];
      if (ofA === ofB) {
        const weight = this.#weightOf(ofA);
        const blocks = this.#inBlocks.get(ofA)!;
        pair.weight += weight;
        if (blocks.ofOld === 1 && blocks.ofNew === 1) pair.telling += weight;
      }
      if (ofA >= ofB) ++j;
      if (ofA <= ofB) ++i;
    }
    if (a.items.length === 0 || b.items.length === 0) return pair;
    pair.likeness = divided(2000 * pair.weight, a.weight + b.weight);
    pair.ofOld = divided(1000 * pair.weight, a.weight);
    pair.ofNew = divided(1000 * pair.weight, b.weight);
    return pair;
  }

  #supported(pairs: Pair[]): Pair[] {
    const places = new Map(pairs.map((pair) => [pair.oldBlock * this.#new.blocks + pair.newBlock, pair]));
    const find = (o: number, n: number): Pair | undefined => (o < 0 || n < 0 || n >= this.#new.blocks ? undefined : places.get(o * this.#new.blocks + n));
    const oldHeads = headsOf(this.#old);
    const newHeads = headsOf(this.#new);
    const ofOld = new Array<number>(this.#old.blocks).fill(0);
    const ofNew = new Array<number>(this.#new.blocks).fill(0);
    for (const pair of pairs) {
      const { oldBlock: o, newBlock: n } = pair;
      const isBelow = find(oldHeads[o]!, newHeads[n]!) !== undefined;
      pair.support = (isBelow ? 2 : 0) + (isTelling(find(o - 1, n - 1)) ? 1 : 0) + (isTelling(find(o + 1, n + 1)) ? 1 : 0);
      const share = Math.max(pair.likeness, pair.ofOld, pair.ofNew);
      pair.value = divided((4 * pair.telling + (1 + pair.support) * (pair.weight - pair.telling)) * share, 100);
      ofOld[o]!++;
      ofNew[n]!++;
    }
    return pairs.filter((pair) => {
      const hasOthers = ofOld[pair.oldBlock]! > 1 || ofNew[pair.newBlock]! > 1;
      return isTelling(pair) || pair.support > 0 || !hasOthers;
    });
  }
}

function headsOf(draft: Draft): number[] {
  let head = NOWHERE;
  return draft.takesComments.map((takesComments, block) => {
    if (takesComments) return head;
    head = block;
    return NOWHERE;
  });
}

class Chain {
  readonly #pairs: readonly Pair[];
  readonly #heaviest: number[];
  readonly #total: number[] = [];
  readonly #before: number[] = [];
  readonly #ofNewBlock: number[][];

  constructor(pairs: readonly Pair[], newBlocks: number) {
    this.#pairs = pairs;
    this.#heaviest = new Array<number>(newBlocks + 1).fill(NOWHERE);
    this.#ofNewBlock = this.#heaviest.map(() => []);
  }

  heaviest(): Pair[] {
    let row = 0;
    this.#pairs.forEach((pair, k) => {
      if (pair.oldBlock !== this.#pairs[row]!.oldBlock) for (; row < k; ++row) this.#enter(row);
      this.#extend(k, row);
      this.#ofNewBlock[pair.newBlock]!.push(k);
    });
    for (; row < this.#pairs.length; ++row) this.#enter(row);
    const chain: Pair[] = [];
    for (let k = this.#bestBelow(this.#heaviest.length - 1); k !== NOWHERE; k = this.#before[k]!) chain.push(this.#pairs[k]!);
    return chain.reverse();
  }

  #extend(k: number, row: number): void {
    const pair = this.#pairs[k]!;
    let before = NOWHERE;
    const consider = (other: number): void => {
      if (other !== NOWHERE && (before === NOWHERE || this.#total[other]! > this.#total[before]!)) before = other;
    };
    consider(this.#bestBelow(pair.newBlock));
    for (let other = row; other < k; ++other) {
      const { newBlock, ofOld } = this.#pairs[other]!;
      if (newBlock + 1 === pair.newBlock && ofOld + pair.ofOld <= SHARES_MAX) consider(other);
    }
    const last = this.#ofNewBlock[pair.newBlock]!.at(-1);
    const above = last === undefined ? undefined : this.#pairs[last]!;
    if (last !== undefined && above && above.oldBlock + 1 === pair.oldBlock && above.ofNew + pair.ofNew <= SHARES_MAX) consider(last);
    this.#before[k] = before;
    this.#total[k] = pair.value + (before === NOWHERE ? 0 : this.#total[before]!);
  }

  #enter(k: number): void {
    for (let n = this.#pairs[k]!.newBlock + 1; n < this.#heaviest.length; n += n & -n) {
      const heaviest = this.#heaviest[n]!;
      if (heaviest === NOWHERE || this.#total[k]! > this.#total[heaviest]!) this.#heaviest[n] = k;
    }
  }

  #bestBelow(newBlock: number): number {
    let best = NOWHERE;
    for (let n = newBlock; n > 0; n &= n - 1) {
      const heaviest = this.#heaviest[n]!;
      if (heaviest !== NOWHERE && (best === NOWHERE || this.#total[heaviest]! > this.#total[best]!)) best = heaviest;
    }
    return best;
  }
}

class Settling {
  readonly #old: Draft;
  readonly #new: Draft;
  readonly #comparer: Comparer;
  readonly #taken: number[];
  readonly result: Alignment;

  constructor(oldDraft: Draft, newDraft: Draft, vocabulary: Vocabulary) {
    this.#old = oldDraft;
    this.#new = newDraft;
    this.#comparer = new Comparer(vocabulary, CELLS_ALL_BLOCKS);
    this.#taken = new Array<number>(newDraft.blocks).fill(0);
    this.result = {
      homes: oldDraft.ids.map(() => ({ kind: "none", blocks: [], isDoubtful: false, isUnchanged: false })),
      image: new Array<number>(oldDraft.words.length).fill(NOWHERE),
      source: new Array<number>(newDraft.words.length).fill(NOWHERE),
    };
  }

  settleInOrder(chain: readonly Pair[]): void {
    for (let begin = 0, end = 0; begin < chain.length; begin = end) {
      end = begin + 1;
      while (end < chain.length && (chain[end]!.oldBlock === chain[end - 1]!.oldBlock || chain[end]!.newBlock === chain[end - 1]!.newBlock)) ++end;
      this.#settle(chain.slice(begin, end), "inOrder");
    }
  }

  settleMoved(pairs: readonly Pair[]): void {
    const byValue = [...pairs].sort((a, b) => b.value - a.value || a.oldBlock - b.oldBlock || a.newBlock - b.newBlock);
    for (const pair of byValue) {
      const isAlike = pair.likeness >= LIKE_WHEN_MOVED || (pair.ofOld >= PART_OF && pair.ofNew > 0);
      const isFree = this.result.homes[pair.oldBlock]!.kind === "none" && this.#taken[pair.newBlock]! + pair.ofNew <= SHARES_MAX;
      if (isAlike && isFree) this.#settle([pair], "moved");
    }
  }

  markDoubtful(pairing: Pairing): void {
    this.result.homes.forEach((home, o) => {
      if (home.kind !== "inOrder") return;
      const { inOld, inNew } = pairing.twinsOf(o);
      home.isDoubtful =
        inOld.length !== inNew.length && (inOld.length > 1 || inNew.length > 1) &&
        !(this.#isBeside(o, home.blocks[0]!, false) && this.#isBeside(o, home.blocks.at(-1)!, true));
    });
  }

  #settle(pairs: readonly Pair[], kind: "inOrder" | "moved"): void {
    const oldWords: number[] = [];
    const newWords: number[] = [];
    let lastNew = NOWHERE;
    for (const pair of pairs) {
      const home = this.result.homes[pair.oldBlock]!;
      if (home.kind === "none") append(oldWords, this.#old, pair.oldBlock);
      if (lastNew !== pair.newBlock) append(newWords, this.#new, pair.newBlock);
      lastNew = pair.newBlock;
      home.kind = kind;
      home.blocks.push(pair.newBlock);
      this.#taken[pair.newBlock]! += pair.ofNew;
    }
    this.#match(oldWords, newWords);
    const isSame = (o: number, i: number): boolean => this.#old.words[o]!.id === this.#new.words[newWords[i]!]!.id;
    const isUnchanged = oldWords.length === newWords.length && oldWords.every(isSame);
    for (const pair of pairs) this.result.homes[pair.oldBlock]!.isUnchanged = isUnchanged;
  }

  #match(oldWords: readonly number[], newWords: readonly number[]): void {
    const { image, source } = this.result;
    const match = this.#comparer.compare(oldWords.map((i) => this.#old.words[i]!.id), newWords.map((j) => this.#new.words[j]!.id));
    match.forEach((k, i) => {
      if (k === NOWHERE || source[newWords[k]!] !== NOWHERE) return;
      image[oldWords[i]!] = newWords[k]!;
      source[newWords[k]!] = oldWords[i]!;
    });
  }

  #isBeside(oldBlock: number, newBlock: number, isAfter: boolean): boolean {
    const isOldLast = oldBlock === (isAfter ? this.#old.blocks - 1 : 0);
    const isNewLast = newBlock === (isAfter ? this.#new.blocks - 1 : 0);
    if (isOldLast || isNewLast) return isOldLast && isNewLast;
    const step = isAfter ? 1 : -1;
    return this.result.homes[oldBlock + step]!.blocks.includes(newBlock + step);
  }
}

function append(words: number[], draft: Draft, block: number): void {
  const { begin, end } = draft.wordsOf(block);
  for (let i = begin; i < end; ++i) words.push(i);
}

export function align(oldDraft: Draft, newDraft: Draft, vocabulary: Vocabulary): Alignment {
  const pairing = new Pairing(oldDraft, newDraft, vocabulary);
  const pairs = pairing.pairs();
  const settling = new Settling(oldDraft, newDraft, vocabulary);
  settling.settleInOrder(new Chain(pairs, newDraft.blocks).heaviest());
  settling.settleMoved(pairs);
  settling.markDoubtful(pairing);
  return settling.result;
}
