/// What an authenticator app does: codes from a key, RFC 6238 with SHA-1, six digits, 30 seconds.
import { createHmac } from "node:crypto";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

function bytes(key: string): Buffer {
  let bits = "";
  for (const letter of key.replaceAll(" ", "").toUpperCase()) bits += ALPHABET.indexOf(letter).toString(2).padStart(5, "0");
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => parseInt(eight, 2)));
}

/// The code of the present 30 seconds, or of some before or after them. A code works once: tests that need several take
/// those of -1, 0 and 1, in this order.
export function totp(key: string, after = 0): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + after));
  const hash = createHmac("sha1", bytes(key)).update(counter).digest();
  const from = (hash.at(-1) ?? 0) & 15;
  return String((hash.readUInt32BE(from) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}
