import { numberOf } from './numbers.ts';
import { NUMBER_SLOT } from './pattern.ts';

/** A part of phrases that ended at a word, `length` words long. */
export type Output = { readonly part: number; readonly length: number };

/** Most states end nothing; they share what is empty. */
const NOTHING: readonly Output[] = [];
const ROOT = 0;
/** States followed at once; only a run of numbers that phrases spell out in many ways could need more. */
const MOST_STATES = 8;

/** Word sequences in one automaton (Aho and Corasick 1975) over whole words: running it reads every word once, whatever their number. */
export class Automaton {
  readonly #words = new Map<string, number>();
  readonly #next = new Transitions();
  readonly #outputs: (readonly Output[])[] = [NOTHING];
  readonly #fail: number[] = [ROOT];
  readonly #parent: number[] = [ROOT];
  readonly #word: number[] = [0];
  readonly #depth: number[] = [0];
  /** Whether a state has words after it; most have none. */
  readonly #goesOn: boolean[] = [false];
  /** Word → the state after it at the root, where nearly every word is looked up. */
  #first = new Int32Array(0);

  /** Adds a sequence of folded words that ends `part`. */
  add(words: readonly string[], part: number): void {
    let state = ROOT;
    for (const word of words) state = this.#childOf(state, this.#idOf(word));
    this.#outputs[state] = [...(this.#outputs[state] as readonly Output[]), { part, length: words.length }];
  }

  #childOf(state: number, word: number): number {
    const known = this.#next.get(state, word);
    if (known !== undefined) return known;
    const child = this.#outputs.push(NOTHING) - 1;
    this.#next.set(state, word, child);
    this.#goesOn[state] = true;
    this.#goesOn.push(false);
    this.#fail.push(ROOT);
    this.#parent.push(state);
    this.#word.push(word);
    this.#depth.push((this.#depth[state] as number) + 1);
    return child;
  }

  #idOf(word: string): number {
    const known = this.#words.get(word);
    if (known !== undefined) return known;
    this.#words.set(word, this.#words.size + 1);
    return this.#words.size;
  }

  /** Fail links, shallow states first; a state inherits the outputs of the state it falls back to. Called once, after the last `add`. */
  link(): void {
    this.#first = Int32Array.from({ length: this.#words.size + 1 }, (_, word) => this.#next.get(ROOT, word) ?? ROOT);
    const states = this.#outputs.map((_, state) => state).sort((a, b) => (this.#depth[a] as number) - (this.#depth[b] as number));
    for (const state of states) {
      if ((this.#depth[state] as number) < 2) continue;
      const fail = this.#step(this.#fail[this.#parent[state] as number] as number, this.#word[state] as number);
      this.#fail[state] = fail;
      const own = this.#outputs[state] as readonly Output[];
      const inherited = this.#outputs[fail] as readonly Output[];
      if (inherited.length > 0) this.#outputs[state] = own.length > 0 ? [...own, ...inherited] : inherited;
    }
  }

  #step(from: number, word: number): number {
    for (let state = from; state !== ROOT; state = this.#fail[state] as number) {
      const next = this.#goesOn[state] ? this.#next.get(state, word) : undefined;
      if (next !== undefined) return next;
    }
    return this.#first[word] as number;
  }

  /** Reads the words of the tokens `first` up to `last` and tells every part that ends, with the token after its last word. */
  run(tokens: readonly { word: string }[], first: number, last: number, ended: (part: number, length: number, end: number) => void): void {
    const slot = this.#words.get(NUMBER_SLOT);
    let states: readonly number[] = [];
    let state = ROOT;
    for (let at = first; at < last; at++) {
      const { word } = tokens[at] as { word: string };
      const literal = this.#words.get(word);
      const number = slot !== undefined && numberOf(word) !== null ? slot : undefined;
      if (number === undefined && states.length === 0) {
        state = literal === undefined ? ROOT : this.#step(state, literal);
        for (const { part, length } of this.#outputs[state] as readonly Output[]) ended(part, length, at + 1);
        continue;
      }
      // A number is read both as itself and as any number, so more than one state may follow.
      const after = this.#branch(states.length > 0 ? states : [state], [literal, number]);
      for (const { part, length } of new Set(after.flatMap(one => this.#outputs[one] as readonly Output[]))) ended(part, length, at + 1);
      states = after.length > 1 ? after : [];
      state = after[0] ?? ROOT;
    }
  }

  #branch(states: readonly number[], words: readonly (number | undefined)[]): readonly number[] {
    const next = new Set<number>();
    for (const state of states) for (const word of words) if (word !== undefined) next.add(this.#step(state, word));
    if (next.size > 1) next.delete(ROOT);
    return [...next].slice(0, MOST_STATES);
  }
}

/** Spreads neighboring keys over the table (Knuth's multiplicative hashing). */
const SPREAD = 0x9e3779b1;

/** (state, word) → state, as one table of numbers: a million entries as objects would be the most of the process's memory. */
class Transitions {
  #mask = 0xffff;
  #keys = new Float64Array(this.#mask + 1).fill(-1);
  #values = new Int32Array(this.#mask + 1);
  #size = 0;

  get(state: number, word: number): number | undefined {
    const slot = this.#slotOf(state, word);
    return this.#keys[slot] === -1 ? undefined : this.#values[slot];
  }

  set(state: number, word: number, next: number): void {
    if (this.#size * 2 > this.#mask) this.#grow();
    const slot = this.#slotOf(state, word);
    if (this.#keys[slot] === -1) this.#size++;
    this.#keys[slot] = keyOf(state, word);
    this.#values[slot] = next;
  }

  #slotOf(state: number, word: number): number {
    const key = keyOf(state, word);
    let slot = (Math.imul(state, SPREAD) ^ Math.imul(word, SPREAD >>> 7)) & this.#mask;
    while (this.#keys[slot] !== -1 && this.#keys[slot] !== key) slot = (slot + 1) & this.#mask;
    return slot;
  }

  #grow(): void {
    const keys = this.#keys;
    const values = this.#values;
    this.#mask = this.#mask * 2 + 1;
    this.#keys = new Float64Array(this.#mask + 1).fill(-1);
    this.#values = new Int32Array(this.#mask + 1);
    this.#size = 0;
    for (const [at, key] of keys.entries()) {
      if (key !== -1) this.set(Math.floor(key / WORDS), key % WORDS, values[at] as number);
    }
  }
}

/** More words than any set of rules names. */
const WORDS = 2 ** 24;
const keyOf = (state: number, word: number): number => state * WORDS + word;
