// Characters as they are compared: the same tables as in shared/anchors/characters.cpp.

export type Kind = "unseen" | "space" | "mark" | "letter" | "digit" | "sign";

export const SPACE = 0x20;
const APOSTROPHE = 0x27;
const QUOTE = 0x22;
const DASH = 0x2d;
const STOP = 0x2e;

export function codePoints(text: string): number[] {
  return Array.from(text, (character) => character.codePointAt(0)!);
}

const isWithin = (c: number, first: number, last: number): boolean => c >= first && c <= last;

const isSpace = (c: number): boolean =>
  c <= 0x20 || isWithin(c, 0x7f, 0xa0) || c === 0x1680 || isWithin(c, 0x2000, 0x200a) || c === 0x2028 || c === 0x2029 || c === 0x202f || c === 0x205f || c === 0x3000;

const isUnseen = (c: number): boolean =>
  c === 0xad || isWithin(c, 0x200b, 0x200f) || isWithin(c, 0x202a, 0x202e) || isWithin(c, 0x2060, 0x2064) || isWithin(c, 0xfe00, 0xfe0f) || c === 0xfeff;

const isSingleQuote = (c: number): boolean => c === 0x60 || c === 0xb4 || c === 0x2bc || isWithin(c, 0x2018, 0x201b) || c === 0x2032;

const isDoubleQuote = (c: number): boolean => c === 0xab || c === 0xbb || isWithin(c, 0x201c, 0x201f) || c === 0x2033;

const isDash = (c: number): boolean => isWithin(c, 0x2010, 0x2015) || c === 0x2212 || c === 0xfe58 || c === 0xfe63;

function lowerLatinExtended(c: number): number {
  if (c === 0x130 || c === 0x131 || c === 0x138 || c === 0x149 || c === 0x17f) return c;
  if (c === 0x178) return 0xff;
  const isUpperOdd = isWithin(c, 0x139, 0x148) || isWithin(c, 0x179, 0x17e);
  return (c % 2 === 1) === isUpperOdd ? c + 1 : c;
}

function lower(c: number): number {
  if (isWithin(c, 0x41, 0x5a) || (isWithin(c, 0xc0, 0xde) && c !== 0xd7)) return c + 32;
  if (isWithin(c, 0x100, 0x17f)) return lowerLatinExtended(c);
  if (isWithin(c, 0x391, 0x3a9) || isWithin(c, 0x410, 0x42f)) return c + 32;
  if (isWithin(c, 0x400, 0x40f)) return c + 80;
  if (c === 0x386) return 0x3ac;
  if (isWithin(c, 0x388, 0x38a)) return c + 37;
  if (c === 0x38c) return 0x3cc;
  if (c === 0x38e || c === 0x38f) return c + 63;
  return c === 0x3c2 ? 0x3c3 : c;
}

function isLatin1Mark(c: number): boolean {
  const isLetter = c === 0xaa || c === 0xb2 || c === 0xb3 || c === 0xb5 || c === 0xb9 || c === 0xba || isWithin(c, 0xbc, 0xbe);
  return (isWithin(c, 0xa1, 0xbf) && !isLetter) || c === 0xd7 || c === 0xf7;
}

const isMark = (c: number): boolean =>
  isWithin(c, 0x21, 0x2f) || isWithin(c, 0x3a, 0x40) || isWithin(c, 0x5b, 0x60) || isWithin(c, 0x7b, 0x7e) || isLatin1Mark(c) || isWithin(c, 0x2010, 0x206f) ||
  isWithin(c, 0x20a0, 0x20cf) || isWithin(c, 0x2190, 0x25ff) || isWithin(c, 0x27c0, 0x2bff) || isWithin(c, 0x3001, 0x303f) || isWithin(c, 0xfe10, 0xfe6f);

const isSign = (c: number): boolean =>
  isWithin(c, 0xe00, 0xeff) || isWithin(c, 0x1780, 0x17ff) || isWithin(c, 0x2e80, 0x2fff) || isWithin(c, 0x3040, 0x30ff) || isWithin(c, 0x3400, 0x4dbf) ||
  isWithin(c, 0x4e00, 0x9fff) || isWithin(c, 0xf900, 0xfaff) || isWithin(c, 0x20000, 0x3ffff);

/** What is compared in place of a character, always one for one; 0 for what is not seen. */
export function folded(character: number): number {
  const c = isWithin(character, 0xff01, 0xff5e) ? character - 0xfee0 : character;
  if (isSpace(c)) return SPACE;
  if (isUnseen(c)) return 0;
  if (isSingleQuote(c)) return APOSTROPHE;
  if (isDoubleQuote(c)) return QUOTE;
  if (isDash(c)) return DASH;
  return c === 0x2026 ? STOP : lower(c);
}

/** Of a folded character. */
export function kindOf(c: number): Kind {
  if (c === 0) return "unseen";
  if (c === SPACE) return "space";
  if (isWithin(c, 0x30, 0x39)) return "digit";
  if (isMark(c)) return "mark";
  return isSign(c) ? "sign" : "letter";
}
