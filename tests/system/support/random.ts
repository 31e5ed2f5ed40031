/// Chance that can be repeated: the same seed gives the same numbers.
export class Random {
  constructor(private state: number) {}

  /// Evenly in [0, 1). Mulberry32.
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }
  between(low: number, high: number): number {
    return low + this.next() * (high - low);
  }
  one<T>(all: readonly T[]): T {
    return all[Math.floor(this.next() * all.length)] as T;
  }
  shuffled<T>(all: readonly T[]): T[] {
    const result = [...all];
    for (let i = result.length - 1; i > 0; --i) {
      const j = Math.floor(this.next() * (i + 1));
      [result[i], result[j]] = [result[j] as T, result[i] as T];
    }
    return result;
  }
}
