import type { Field, Segment } from './document.ts';
import type { Token } from './lexer.ts';
import { numberOf } from './numbers.ts';
import { NUMBER_SLOT, type Pattern } from './pattern.ts';

/** A phrase found: the tokens `first` up to, not including, `last` of a segment. */
export type Hit = { readonly phrase: number; readonly segment: Segment; readonly first: number; readonly last: number };

/** One step of a phrase at an automaton state: part number `part` of phrase `phrase`, `length` words long. */
type Output = { readonly phrase: number; readonly part: number; readonly length: number; readonly gap: number; readonly final: boolean };

type State = { readonly next: Map<number, State>; outputs: Output[]; fail: State | null };

const newState = (): State => ({ next: new Map(), outputs: [], fail: null });

/**
 * All phrases of all rules in one automaton (Aho and Corasick 1975) over whole words. Matching reads every token once,
 * whatever the number of rules; phrases with gaps are joined from their parts by remembering where the part before last ended.
 */
export class Matcher {
  readonly #words = new Map<string, number>();
  readonly #root: State = newState();
  readonly #start: readonly State[] = [this.#root];
  #slots = 0;

  constructor(patterns: readonly Pattern[]) {
    for (const [phrase, pattern] of patterns.entries()) this.#insert(phrase, pattern);
    this.#link();
  }

  #insert(phrase: number, { parts, gaps }: Pattern): void {
    for (const [part, alternatives] of parts.entries()) {
      const slot = gaps.length > 0 ? this.#slots++ : -1;
      for (const words of alternatives) {
        const gap = part > 0 ? (gaps[part - 1] as number) : 0;
        this.#stateOf(words).outputs.push({ phrase, part: slot, length: words.length, gap, final: part === parts.length - 1 });
      }
    }
  }

  #stateOf(words: readonly string[]): State {
    let state = this.#root;
    for (const word of words) {
      const id = this.#idOf(word);
      let next = state.next.get(id);
      if (!next) {
        next = newState();
        state.next.set(id, next);
      }
      state = next;
    }
    return state;
  }

  #idOf(word: string): number {
    const known = this.#words.get(word);
    if (known !== undefined) return known;
    this.#words.set(word, this.#words.size + 1);
    return this.#words.size;
  }

  /** Fail links breadth first; a state inherits the outputs of the state it falls back to. */
  #link(): void {
    const queue: State[] = [];
    for (const state of this.#root.next.values()) {
      state.fail = this.#root;
      queue.push(state);
    }
    for (const state of queue) {
      for (const [word, next] of state.next) {
        let fail = state.fail;
        while (fail && !fail.next.has(word)) fail = fail.fail;
        next.fail = fail?.next.get(word) ?? this.#root;
        next.outputs = next.outputs.concat(next.fail.outputs);
        queue.push(next);
      }
    }
  }

  /**
   * Every occurrence of every phrase that may stand there, in the order they end. A phrase never runs over the end of a segment.
   * `mayStand(phrase, segment)` is asked once per occurrence of a part, so it must be cheap.
   */
  match(field: Field, mayStand: (phrase: number, segment: Segment) => boolean = () => true): Hit[] {
    const hits: Hit[] = [];
    const gaps = new GapMemory();
    for (const segment of field.segments) {
      let states: readonly State[] = [this.#root];
      gaps.clear();
      for (let at = segment.first; at < segment.last; at++) {
        states = this.#after(states, (field.tokens[at] as Token).word);
        for (const output of outputsOf(states)) if (mayStand(output.phrase, segment)) gaps.take(output, segment, at + 1, hits);
      }
    }
    return hits;
  }

  /** The states after one more word. A number is read both as itself and as any number, so there may be more than one; nearly always there is one. */
  #after(states: readonly State[], word: string): readonly State[] {
    const literal = this.#words.get(word);
    const number = numberOf(word) === null ? undefined : this.#words.get(NUMBER_SLOT);
    if (number === undefined && states.length === 1) return literal === undefined ? this.#start : [this.#step(states[0] as State, literal)];
    const next = new Set<State>();
    for (const state of states) for (const id of [literal, number]) if (id !== undefined) next.add(this.#step(state, id));
    if (next.size > 1) next.delete(this.#root);
    return next.size === 0 ? this.#start : [...next].slice(0, MOST_STATES);
  }

  #step(from: State, id: number): State {
    let state = from;
    let next = state.next.get(id);
    while (next === undefined && state !== this.#root) {
      state = state.fail as State;
      next = state.next.get(id);
    }
    return next ?? this.#root;
  }
}

/** States followed at once; only a run of numbers that phrases spell out in many ways could need more. */
const MOST_STATES = 8;

function outputsOf(states: readonly State[]): Iterable<Output> {
  return states.length === 1 ? (states[0] as State).outputs : new Set(states.flatMap(state => state.outputs));
}

type Ending = { readonly from: number; readonly end: number };

/** Endings of one part that are remembered; an older one is out of every gap's reach or hidden by a newer one. */
const REMEMBERED = 4;

/** Where the parts of phrases with gaps ended lately in the segment at hand. */
class GapMemory {
  readonly #ended = new Map<number, Ending[]>();

  clear(): void {
    if (this.#ended.size > 0) this.#ended.clear();
  }

  take(output: Output, segment: Segment, end: number, hits: Hit[]): void {
    const start = end - output.length;
    if (output.part < 0) {
      hits.push({ phrase: output.phrase, segment, first: start, last: end });
      return;
    }
    let from = start;
    if (output.gap > 0) {
      const before = this.#before(output, start);
      if (!before) return;
      from = before.from;
    }
    if (output.final) hits.push({ phrase: output.phrase, segment, first: from, last: end });
    else this.#remember(output.part, { from, end });
  }

  #before({ part, gap }: Output, start: number): Ending | undefined {
    const endings = this.#ended.get(part - 1);
    if (!endings) return undefined;
    for (let at = endings.length - 1; at >= 0; at--) {
      const ending = endings[at] as Ending;
      if (ending.end <= start && start - ending.end <= gap) return ending;
    }
    return undefined;
  }

  #remember(part: number, ending: Ending): void {
    const endings = this.#ended.get(part);
    if (!endings) this.#ended.set(part, [ending]);
    else {
      endings.push(ending);
      if (endings.length > REMEMBERED) endings.shift();
    }
  }
}
