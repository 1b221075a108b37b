/** A 64-bit fingerprint of a text: texts with most of their 5-word runs in common differ in few bits, unrelated ones in about 32. */
const SHINGLE = 5;
const WORD = /[\p{L}\p{N}]+/gu;

/** Murmur3's last step: spreads every bit of the input over all 32. */
function mix(hash: number): number {
  let bits = hash ^ (hash >>> 16);
  bits = Math.imul(bits, 0x85ebca6b);
  bits ^= bits >>> 13;
  bits = Math.imul(bits, 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/** FNV-1a over UTF-16 units. */
function hashOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** SimHash over the distinct 5-word runs, case and punctuation aside; null when the text has fewer than five words. */
export function simhash(text: string): bigint | null {
  const words = Array.from(text.toLowerCase().matchAll(WORD), match => hashOf(match[0]));
  if (words.length < SHINGLE) return null;
  const runs = new Map<number, number>();
  for (let start = 0; start + SHINGLE <= words.length; start++) {
    let [low, high] = [0x9747b28c, 0x3c6ef372];
    for (let at = start; at < start + SHINGLE; at++) {
      low = Math.imul(low ^ mix(words[at]!), 0x5bd1e995);
      high = Math.imul(high + mix(words[at]! ^ 0xa5a5a5a5), 0x2c1b3c6d);
    }
    runs.set(mix(low), mix(high));
  }
  const votes = new Int32Array(64);
  for (const [low, high] of runs) {
    for (let bit = 0; bit < 32; bit++) {
      votes[bit]! += (low >>> bit) & 1 ? 1 : -1;
      votes[bit + 32]! += (high >>> bit) & 1 ? 1 : -1;
    }
  }
  return votes.reduce((sum, vote, bit) => (vote > 0 ? sum | (1n << BigInt(bit)) : sum), 0n);
}

/** The number of bits two fingerprints differ in, 0 to 64. */
export function distance(one: bigint, other: bigint): number {
  let rest = one ^ other;
  let bits = 0;
  for (; rest !== 0n; rest &= rest - 1n) bits++;
  return bits;
}
