// Which words of one row are which of another, in order: shared/anchors/compare.cpp, where the sources are named.
import { kindOf } from "./characters.ts";
import { divided, NOWHERE, partitionPoint, sizeOf, type Range, type Vocabulary } from "./draft.ts";

const CELLS_UNDIVIDED = 40_000;
const DEPTH_MAX = 16;
const CELLS_NEAR = 256;
const FOLLOWS = 3;

const FROM_MATCH = 1;
const FROM_ABOVE = 2;
const MATCH_FOLLOWS = 4;

interface Part {
  a: Range;
  b: Range;
  depth: number;
}

function longestIncreasing(values: readonly number[]): number[] {
  const tails: number[] = [];
  const before: number[] = [];
  values.forEach((value, i) => {
    const pile = partitionPoint(tails.length, (t) => values[tails[t]!]! < value);
    before.push(pile > 0 ? tails[pile - 1]! : NOWHERE);
    tails[pile] = i;
  });
  const chain: number[] = [];
  for (let i = tails.at(-1) ?? NOWHERE; i !== NOWHERE; i = before[i]!) chain.push(i);
  return chain.reverse();
}

export function isNear(a: readonly number[], b: readonly number[]): boolean {
  const shorter = Math.min(a.length, b.length);
  const longer = Math.max(a.length, b.length);
  const isNumber = kindOf(a[0]!) === "digit";
  if (isNumber || kindOf(b[0]!) === "digit") return isNumber && kindOf(b[0]!) === "digit" && longer - shorter <= 2;
  if (shorter < 4 || a[0] !== b[0]) return false;
  let same = 0;
  while (same < shorter && a[same] === b[same]) ++same;
  let tail = 0;
  while (same + tail < shorter && a[a.length - 1 - tail] === b[b.length - 1 - tail]) ++tail;
  return 3 * (same + tail) >= 2 * longer;
}

export class Comparer {
  readonly #vocabulary: Vocabulary;
  #cellsLeft: number;
  #a: readonly number[] = [];
  #b: readonly number[] = [];
  #match: number[] = [];
  #parts: Part[] = [];

  constructor(vocabulary: Vocabulary, cellsMax: number) {
    this.#vocabulary = vocabulary;
    this.#cellsLeft = cellsMax;
  }

  compare(a: readonly number[], b: readonly number[]): number[] {
    this.#a = a;
    this.#b = b;
    this.#match = new Array<number>(a.length).fill(NOWHERE);
    this.#parts = [{ a: { begin: 0, end: a.length }, b: { begin: 0, end: b.length }, depth: 0 }];
    for (let part = this.#parts.pop(); part; part = this.#parts.pop()) this.#divide(part);
    this.#matchNearBetween();
    return this.#match;
  }

  #divide(part: Part): void {
    this.#trim(part);
    if (sizeOf(part.a) === 0 || sizeOf(part.b) === 0) return;
    const isSmall = sizeOf(part.a) * sizeOf(part.b) <= CELLS_UNDIVIDED;
    const dividers = isSmall || part.depth === DEPTH_MAX ? [] : this.#uniqueInBoth(part);
    if (dividers.length === 0) {
      this.#solve(part);
      return;
    }
    let [a, b] = [part.a.begin, part.b.begin];
    for (const i of dividers) {
      this.#parts.push({ a: { begin: a, end: i }, b: { begin: b, end: this.#match[i]! }, depth: part.depth + 1 });
      [a, b] = [i + 1, this.#match[i]! + 1];
    }
    this.#parts.push({ a: { begin: a, end: part.a.end }, b: { begin: b, end: part.b.end }, depth: part.depth + 1 });
  }

  #trim({ a, b }: Part): void {
    while (sizeOf(a) > 0 && sizeOf(b) > 0 && this.#a[a.begin] === this.#b[b.begin]) this.#match[a.begin++] = b.begin++;
    while (sizeOf(a) > 0 && sizeOf(b) > 0 && this.#a[a.end - 1] === this.#b[b.end - 1]) this.#match[--a.end] = --b.end;
  }

  #uniqueInBoth({ a, b }: Part): number[] {
    const seen = new Map<number, { inA: number; inB: number; atB: number }>();
    for (let i = a.begin; i < a.end; ++i) {
      const word = seen.get(this.#a[i]!);
      if (word) ++word.inA;
      else seen.set(this.#a[i]!, { inA: 1, inB: 0, atB: 0 });
    }
    for (let j = b.begin; j < b.end; ++j) {
      const word = seen.get(this.#b[j]!);
      if (!word) continue;
      ++word.inB;
      word.atB = j;
    }
    const unique: number[] = [];
    const places: number[] = [];
    for (let i = a.begin; i < a.end; ++i) {
      const word = seen.get(this.#a[i]!)!;
      if (word.inA !== 1 || word.inB !== 1) continue;
      unique.push(i);
      places.push(word.atB);
    }
    return longestIncreasing(places).map((k) => {
      this.#match[unique[k]!] = places[k]!;
      return unique[k]!;
    });
  }

  #solve(part: Part): void {
    const rows = sizeOf(part.a);
    const columns = sizeOf(part.b);
    if (rows > divided(this.#cellsLeft, columns)) return;
    this.#cellsLeft -= rows * columns;
    const steps = new Uint8Array(rows * columns);
    const best = new Float64Array(columns + 1);
    const run = new Float64Array(columns + 1).fill(-1);
    for (let r = 0; r < rows; ++r) {
      const word = this.#a[part.a.begin + r]!;
      const weight = 2 * this.#vocabulary.weight(word);
      let bestDiagonal = 0;
      let runDiagonal = -1;
      for (let c = 0; c < columns; ++c) {
        let step = 0;
        let pair = -1;
        if (word === this.#b[part.b.begin + c]) {
          const follows = runDiagonal >= 0 && runDiagonal + FOLLOWS >= bestDiagonal;
          pair = weight + (follows ? runDiagonal + FOLLOWS : bestDiagonal);
          if (follows) step |= MATCH_FOLLOWS;
        }
        bestDiagonal = best[c + 1]!;
        runDiagonal = run[c + 1]!;
        run[c + 1] = pair;
        if (pair >= best[c]! && pair >= bestDiagonal) {
          step |= FROM_MATCH;
          best[c + 1] = pair;
        } else if (bestDiagonal >= best[c]!) {
          step |= FROM_ABOVE;
        } else {
          best[c + 1] = best[c]!;
        }
        steps[r * columns + c] = step;
      }
    }
    this.#follow(part, steps);
  }

  #follow(part: Part, steps: Uint8Array): void {
    const columns = sizeOf(part.b);
    let mustMatch = false;
    for (let r = sizeOf(part.a), c = columns; r > 0 && c > 0;) {
      const step = steps[(r - 1) * columns + c - 1]!;
      if (mustMatch || (step & FROM_MATCH) !== 0) {
        this.#match[part.a.begin + --r] = part.b.begin + --c;
        mustMatch = (step & MATCH_FOLLOWS) !== 0;
      } else if ((step & FROM_ABOVE) !== 0) {
        --r;
      } else {
        --c;
      }
    }
  }

  #matchNearBetween(): void {
    let [a, b] = [0, 0];
    for (let i = 0; i <= this.#a.length; ++i) {
      if (i < this.#a.length && this.#match[i] === NOWHERE) continue;
      const end = i < this.#a.length ? this.#match[i]! : this.#b.length;
      if (i > a && end > b && (i - a) * (end - b) <= CELLS_NEAR) this.#matchNear({ begin: a, end: i }, { begin: b, end });
      [a, b] = [i + 1, end + 1];
    }
  }

  #matchNear(a: Range, b: Range): void {
    const [rows, columns] = [sizeOf(a), sizeOf(b)];
    const width = columns + 1;
    const most = new Uint16Array((rows + 1) * width);
    const near = new Uint8Array(rows * columns);
    const { letters } = this.#vocabulary;
    for (let r = rows - 1; r >= 0; --r) {
      for (let c = columns - 1; c >= 0; --c) {
        const isPair = isNear(letters[this.#a[a.begin + r]!]!, letters[this.#b[b.begin + c]!]!);
        near[r * columns + c] = isPair ? 1 : 0;
        const pair = isPair ? most[(r + 1) * width + c + 1]! + 1 : 0;
        most[r * width + c] = Math.max(most[(r + 1) * width + c]!, most[r * width + c + 1]!, pair);
      }
    }
    for (let r = 0, c = 0; r < rows && c < columns;) {
      const here = most[r * width + c]!;
      if (near[r * columns + c] === 1 && here === most[(r + 1) * width + c + 1]! + 1) this.#match[a.begin + r++] = b.begin + c++;
      else if (here === most[(r + 1) * width + c]) ++r;
      else ++c;
    }
  }
}
