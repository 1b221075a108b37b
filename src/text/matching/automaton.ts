import type { Token } from '../lexer.ts';
import { Alphabet, NO_LETTER } from './alphabet.ts';
import type { Part } from './pattern.ts';
import { Transitions } from './transitions.ts';
import { Trie } from './trie.ts';

/** The parts that end at a word, the longest first: pairs of a part and how many words long it is; or what a caller made of these. */
export type Ended = readonly number[] | Int32Array;

const NOTHING: readonly number[] = [];
/** States and steps that are kept; a text made to need more of them costs time, and no more memory. */
const MOST = { states: 60_000, transitions: 250_000 };

/**
 * Parts of phrases in one automaton over whole words: running it reads every word once, whatever their number. A state is where the words read
 * last may stand in the trie: the nodes of the last word alone, which its letter tells, and the nodes deeper down. The states that texts come to
 * are made when they come to them (Thompson 1968): all that there may be would be hundreds of thousands, and take a second.
 */
export class Automaton {
  readonly #alphabet = new Alphabet();
  readonly #trie = new Trie(this.#alphabet);
  /** By state. The first states are those of a letter alone, and have its number. */
  #letter: number[] = [];
  #deeper: (readonly number[])[] = [];
  #ended: (Ended | undefined)[] = [];
  #states = new Map<string, number>();
  #next = new Transitions();
  /** By letter, made when it is first read: its nodes, and a bit for every letter that may follow it. */
  #nodes: (readonly number[] | undefined)[] = [];
  #followers: (Uint32Array | undefined)[] = [];
  /** Slot → the last mark it was given: which slots the letter at hand fits. */
  #marks = new Uint32Array(0);
  #mark = 0;
  #made: (ended: readonly number[]) => Ended = ended => ended;
  readonly #most: typeof MOST;

  constructor(most: typeof MOST = MOST) {
    this.#most = most;
  }

  /** Adds a part of phrases under a number of its own. */
  add(part: Part, number: number): void {
    for (const sequence of part) this.#trie.add(sequence, number);
  }

  /** Called once, after the last `add`. What is told of parts that end together is what `made` gives for their pairs, and is kept. */
  close(made: (ended: readonly number[]) => Ended = ended => ended): void {
    this.#made = made;
    this.#alphabet.close();
    this.#marks = new Uint32Array(this.#alphabet.slots);
    this.#forget();
  }

  #forget(): void {
    this.#letter = Array.from({ length: this.#alphabet.size }, (_, letter) => letter);
    this.#deeper = this.#letter.map(() => NOTHING);
    this.#ended = this.#letter.map(() => undefined);
    this.#states.clear();
    this.#next = new Transitions();
  }

  /** Reads the words of the tokens `first` up to `last`; wherever parts end it tells them, with the token after their last word. */
  run(tokens: readonly Token[], first: number, last: number, ended: (parts: Ended, end: number) => void): void {
    let state = NO_LETTER;
    for (let at = first; at < last; at++) {
      state = this.#step(state, this.#alphabet.letterOf((tokens[at] as Token).known));
      const parts = this.#ended[state] ?? this.#end(state);
      if (parts.length > 0) ended(parts, at + 1);
    }
  }

  #step(state: number, letter: number): number {
    if (letter === NO_LETTER) return letter;
    // Nearly every pair of words begins nothing together.
    if (state < this.#alphabet.size && !this.#mayFollow(state, letter)) return letter;
    return this.#next.get(state, letter) ?? this.#make(state, letter);
  }

  #mayFollow(before: number, letter: number): boolean {
    const bits = this.#followers[before] ?? this.#findFollowers(before);
    return ((bits[letter >>> 5] as number) & (1 << (letter & 31))) !== 0;
  }

  #findFollowers(before: number): Uint32Array {
    const bits = new Uint32Array((this.#alphabet.size + 31) >>> 5);
    for (const node of this.#nodesOf(before)) {
      this.#trie.eachChild(node, (_, slot) => {
        for (const letter of this.#alphabet.lettersOf(slot)) bits[letter >>> 5] = (bits[letter >>> 5] as number) | (1 << (letter & 31));
      });
    }
    this.#followers[before] = bits;
    return bits;
  }

  #nodesOf(letter: number): readonly number[] {
    const known = this.#nodes[letter];
    if (known) return known;
    const nodes = this.#trie.firstOf(letter);
    this.#nodes[letter] = nodes;
    return nodes;
  }

  /** Makes the step from a state by a letter, and the state it leads to. */
  #make(state: number, letter: number): number {
    const mark = ++this.#mark;
    for (const slot of this.#alphabet.slotsOf(letter)) this.#marks[slot] = mark;
    const deeper: number[] = [];
    const goOn = (node: number) =>
      this.#trie.eachChild(node, (child, slot) => {
        if (this.#marks[slot] === mark) deeper.push(child);
      });
    for (const node of this.#nodesOf(this.#letter[state] as number)) goOn(node);
    for (const node of this.#deeper[state] as readonly number[]) goOn(node);
    if (this.#letter.length >= this.#most.states || this.#next.size >= this.#most.transitions) {
      this.#forget();
      return this.#stateOf(letter, deeper);
    }
    const next = this.#stateOf(letter, deeper);
    this.#next.set(state, letter, next);
    return next;
  }

  #stateOf(letter: number, deeper: readonly number[]): number {
    if (deeper.length === 0) return letter;
    const key = `${letter} ${deeper.toSorted((a, b) => a - b).join(' ')}`;
    const known = this.#states.get(key);
    if (known !== undefined) return known;
    const state = this.#letter.push(letter) - 1;
    this.#deeper.push(deeper);
    this.#ended.push(undefined);
    this.#states.set(key, state);
    return state;
  }

  #end(state: number): Ended {
    const found: [length: number, part: number][] = [];
    const add = (node: number) => this.#trie.eachEnd(node, part => found.push([this.#trie.depthOf(node), part]));
    for (const node of this.#nodesOf(this.#letter[state] as number)) add(node);
    for (const node of this.#deeper[state] as readonly number[]) add(node);
    found.sort(([length, part], [other, after]) => other - length || part - after);
    // Two ways of writing a part may hold the same words.
    const once = found.filter(([length, part], at) => at === 0 || found[at - 1]?.[0] !== length || found[at - 1]?.[1] !== part);
    const ended = once.length === 0 ? NOTHING : this.#made(once.flatMap(([length, part]) => [part, length]));
    this.#ended[state] = ended;
    return ended;
  }
}
