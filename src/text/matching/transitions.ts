/** Spreads neighboring keys over the table (Knuth's multiplicative hashing). */
const SPREAD = 0x9e3779b1;
/** More letters than any set of rules has words. */
const LETTERS = 2 ** 24;
const FREE = -1;

/** (state, letter) → state, as one table of numbers: as objects the entries would be the most of the memory. */
export class Transitions {
  #mask = 0x3fff;
  #keys = new Float64Array(this.#mask + 1).fill(FREE);
  #values = new Int32Array(this.#mask + 1);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(state: number, letter: number): number | undefined {
    const slot = this.#slotOf(state, letter);
    return this.#keys[slot] === FREE ? undefined : this.#values[slot];
  }

  set(state: number, letter: number, next: number): void {
    if (this.#size * 2 > this.#mask) this.#grow();
    const slot = this.#slotOf(state, letter);
    if (this.#keys[slot] === FREE) this.#size++;
    this.#keys[slot] = state * LETTERS + letter;
    this.#values[slot] = next;
  }

  #slotOf(state: number, letter: number): number {
    const key = state * LETTERS + letter;
    let slot = (Math.imul(state, SPREAD) ^ Math.imul(letter, SPREAD >>> 7)) & this.#mask;
    while (this.#keys[slot] !== FREE && this.#keys[slot] !== key) slot = (slot + 1) & this.#mask;
    return slot;
  }

  #grow(): void {
    const keys = this.#keys;
    const values = this.#values;
    this.#mask = this.#mask * 2 + 1;
    this.#keys = new Float64Array(this.#mask + 1).fill(FREE);
    this.#values = new Int32Array(this.#mask + 1);
    this.#size = 0;
    for (const [at, key] of keys.entries()) {
      if (key !== FREE) this.set(Math.floor(key / LETTERS), key % LETTERS, values[at] as number);
    }
  }
}
