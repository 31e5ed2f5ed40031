// Looks for words of one draft all over a draft: shared/anchors/search.cpp.
import { mayBecome, sizeOf, type Draft, type Range, type Vocabulary } from "./draft.ts";

const PLACES_SCANNED = 512;
const WORDS_LOOKED_FOR = 64;
const PLACES_TELLING = 32;
const SLACK = 4;
export const WORDS_COMPARED = 256;

interface Hit {
  block: number;
  begin: number;  // Where the pattern would begin, counted from as many words before the text.
  weight: number;
}

export interface Spot {
  words: Range;
  weight: number;
}

export interface Telling {
  places: ArrayLike<number>;
  isPair: boolean;
}

export function tellingPlaces(draft: Draft, at: number, within: Range, text: Draft, placesMax: number): Telling {
  const id = draft.words[at]!.id;
  const places = text.placesOf(id);
  if (places.length <= placesMax) return { places, isPair: false };
  if (at + 1 === within.end) return { places: [], isPair: false };
  const second = draft.words[at + 1]!.id;
  const seconds = text.placesOf(second);
  const isFirstRarer = places.length <= seconds.length;
  const rarer = isFirstRarer ? places : seconds;
  if (rarer.length > PLACES_SCANNED) return { places: [], isPair: true };
  const found: number[] = [];
  for (const place of rarer) {
    const first = isFirstRarer ? place : place - 1;
    const [one, two] = [text.words[first], text.words[first + 1]];
    if (one?.id === id && two?.id === second && one.block === two.block) found.push(first);
  }
  return { places: found.length > placesMax ? [] : found, isPair: true };
}

export function forEachTelling(
  draft: Draft, within: Range, text: Draft, vocabulary: Vocabulary, placesMax: number, found: (place: number, weight: number) => void,
): void {
  for (let at = within.begin; at < within.end; ++at) {
    const { places, isPair } = tellingPlaces(draft, at, within, text, placesMax);
    const weight = vocabulary.weight(draft.words[at]!.id) + (isPair ? vocabulary.weight(draft.words[at + 1]!.id) : 0);
    for (let k = 0; k < places.length; ++k) found(places[k]!, weight);
  }
}

function gather(hits: readonly Hit[], patternWords: number, text: Draft): Spot[] {
  const tolerance = 8 + Math.floor(patternWords / 4);
  const spots: Spot[] = [];
  for (let i = 0, k = 0; i < hits.length; i = k) {
    const from = hits[i]!;
    let weight = 0;
    for (k = i; k < hits.length && hits[k]!.block === from.block && hits[k]!.begin <= from.begin + tolerance; ++k) weight += hits[k]!.weight;
    const block = text.wordsOf(from.block);
    const begin = from.begin - Math.min(from.begin, patternWords + SLACK);
    spots.push({ words: { begin: Math.max(begin, block.begin), end: Math.min(hits[k - 1]!.begin + SLACK, block.end) }, weight });
  }
  return spots;
}

export function findSpots(draft: Draft, pattern: Range, text: Draft, vocabulary: Vocabulary, spotsMax: number): Spot[] {
  const hits: Hit[] = [];
  const words = sizeOf(pattern);
  const lookedFor = Math.min(words, WORDS_LOOKED_FOR);
  for (let k = 0; k < lookedFor; ++k) {
    const at = pattern.begin + Math.floor((k * words) / lookedFor);
    const { places, isPair } = tellingPlaces(draft, at, { begin: at, end: Math.min(at + 2, pattern.end) }, text, PLACES_TELLING);
    const weight = vocabulary.weight(draft.words[at]!.id) + (isPair ? vocabulary.weight(draft.words[at + 1]!.id) : 0);
    for (let p = 0; p < places.length; ++p) {
      const { block } = text.words[places[p]!]!;
      if (mayBecome(draft, draft.words[at]!.block, text, block)) hits.push({ block, begin: places[p]! + words - (at - pattern.begin), weight });
    }
  }
  hits.sort((a, b) => a.block - b.block || a.begin - b.begin);
  const spots = gather(hits, words, text);
  spots.sort((a, b) => b.weight - a.weight || a.words.begin - b.words.begin || a.words.end - b.words.end);
  const most = spots[0]?.weight ?? 0;
  return spots.slice(0, spotsMax).filter((spot) => 3 * spot.weight >= most);
}

export function findExactly(draft: Draft, wanted: Range, text: Draft, within: Range, vocabulary: Vocabulary, placesMax: number): number[] | undefined {
  const pattern = { begin: wanted.begin, end: Math.min(wanted.end, wanted.begin + WORDS_COMPARED) };
  const words = sizeOf(pattern);
  let rarest = pattern.begin;
  for (let i = pattern.begin; i < pattern.end; ++i) {
    if (vocabulary.weight(draft.words[i]!.id) > vocabulary.weight(draft.words[rarest]!.id)) rarest = i;
  }
  const places = text.placesWithin(draft.words[rarest]!.id, within);
  if (places.length > PLACES_SCANNED) return undefined;
  const found: number[] = [];
  const ahead = rarest - pattern.begin;
  for (const place of places) {
    const begin = place - ahead;
    if (begin < within.begin || begin + words > within.end) continue;
    const same = sameWords(draft, pattern.begin, text, begin, words);
    const isOneBlock = text.words[begin]!.block === text.words[begin + words - 1]!.block;
    if (same === words && isOneBlock && found.length < placesMax) found.push(begin);
  }
  return found;
}

function sameWords(draft: Draft, at: number, text: Draft, place: number, words: number): number {
  let same = 0;
  while (same < words && draft.words[at + same]!.id === text.words[place + same]!.id) ++same;
  return same;
}
