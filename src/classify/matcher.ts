import type { Field, Segment } from './document.ts';
import type { Token } from './lexer.ts';
import { numberOf } from './numbers.ts';
import { NUMBER_SLOT, type Pattern } from './pattern.ts';

/** A phrase found: the tokens `first` up to, not including, `last` of a segment. */
export type Hit = { readonly phrase: number; readonly segment: Segment; readonly first: number; readonly last: number };

/** A part of phrases at an automaton state: it ended here and is `length` words long. */
type Output = { readonly part: number; readonly length: number };

type State = { next: Map<number, State> | null; outputs: readonly Output[]; fail: State | null };

/** Most states are the last word of something: they have no words after them, and share what is empty. */
const NOTHING: readonly Output[] = [];
const newState = (): State => ({ next: null, outputs: NOTHING, fail: null });

/** A part in its place: after the step `before` (null: it begins the phrase) and at most `gap` words. `phrases` end with it. */
type Step = { readonly id: number; readonly before: Step | null; readonly gap: number; continues: boolean; readonly phrases: number[] };

/**
 * All phrases of all rules in one automaton (Aho and Corasick 1975) over whole words. Matching reads every token once,
 * whatever the number of rules; phrases with gaps are joined from their parts by remembering where the part before last ended.
 * A part that phrases have in common is looked for once.
 */
export class Matcher {
  readonly #words = new Map<string, number>();
  readonly #root: State = newState();
  readonly #start: readonly State[] = [this.#root];
  readonly #parts = new Map<Pattern['parts'][number], number>();
  /** Part → the places it has in phrases. */
  readonly #steps: Step[][] = [];
  #stepCount = 0;

  constructor(patterns: readonly Pattern[]) {
    for (const [phrase, pattern] of patterns.entries()) this.#insert(phrase, pattern);
    this.#link();
  }

  #insert(phrase: number, { parts, gaps }: Pattern): void {
    let before: Step | null = null;
    for (const [at, alternatives] of parts.entries()) {
      if (before) before.continues = true;
      before = this.#stepOf(this.#partOf(alternatives), before, at > 0 ? (gaps[at - 1] as number) : 0);
    }
    before?.phrases.push(phrase);
  }

  #partOf(alternatives: Pattern['parts'][number]): number {
    const known = this.#parts.get(alternatives);
    if (known !== undefined) return known;
    const part = this.#parts.size;
    this.#parts.set(alternatives, part);
    this.#steps.push([]);
    for (const words of alternatives) {
      const state = this.#stateOf(words);
      state.outputs = [...state.outputs, { part, length: words.length }];
    }
    return part;
  }

  #stepOf(part: number, before: Step | null, gap: number): Step {
    const places = this.#steps[part] as Step[];
    const known = places.find(place => place.before === before && place.gap === gap);
    if (known) return known;
    const step: Step = { id: this.#stepCount++, before, gap, continues: false, phrases: [] };
    places.push(step);
    return step;
  }

  #stateOf(words: readonly string[]): State {
    let state = this.#root;
    for (const word of words) {
      const id = this.#idOf(word);
      state.next ??= new Map();
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
    for (const state of this.#root.next?.values() ?? []) {
      state.fail = this.#root;
      queue.push(state);
    }
    for (const state of queue) {
      for (const [word, next] of state.next ?? []) {
        let fail = state.fail;
        while (fail && !fail.next?.has(word)) fail = fail.fail;
        next.fail = fail?.next?.get(word) ?? this.#root;
        if (next.fail.outputs.length > 0)
          next.outputs = next.outputs.length > 0 ? [...next.outputs, ...next.fail.outputs] : next.fail.outputs;
        queue.push(next);
      }
    }
  }

  /**
   * Every occurrence of every phrase that may stand there, in the order they end. A phrase never runs over the end of a segment.
   * `mayStand(phrase, segment)` is asked once per occurrence, so it must be cheap.
   */
  match(field: Field, mayStand: (phrase: number, segment: Segment) => boolean = () => true): Hit[] {
    const hits: Hit[] = [];
    const gaps = new GapMemory();
    for (const segment of field.segments) {
      let states: readonly State[] = this.#start;
      gaps.clear();
      for (let at = segment.first; at < segment.last; at++) {
        states = this.#after(states, (field.tokens[at] as Token).word);
        for (const { part, length } of outputsOf(states)) {
          const first = at + 1 - length;
          for (const step of this.#steps[part] as Step[]) {
            const from = gaps.take(step, first, at + 1);
            if (from < 0) continue;
            for (const phrase of step.phrases) if (mayStand(phrase, segment)) hits.push({ phrase, segment, first: from, last: at + 1 });
          }
        }
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
    let next = state.next?.get(id);
    while (next === undefined && state !== this.#root) {
      state = state.fail as State;
      next = state.next?.get(id);
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

/** Where the steps of phrases with gaps ended lately in the segment at hand. */
class GapMemory {
  readonly #ended = new Map<number, Ending[]>();

  clear(): void {
    if (this.#ended.size > 0) this.#ended.clear();
  }

  /** Where the phrase began whose step stands at `first` up to `end`, or -1 when the step before it did not end near enough. */
  take(step: Step, first: number, end: number): number {
    let from = first;
    if (step.before) {
      const before = this.#before(step.before.id, step.gap, first);
      if (!before) return -1;
      from = before.from;
    }
    if (step.continues) this.#remember(step.id, { from, end });
    return from;
  }

  #before(step: number, gap: number, start: number): Ending | undefined {
    const endings = this.#ended.get(step);
    if (!endings) return undefined;
    for (let at = endings.length - 1; at >= 0; at--) {
      const ending = endings[at] as Ending;
      if (ending.end <= start && start - ending.end <= gap) return ending;
    }
    return undefined;
  }

  #remember(step: number, ending: Ending): void {
    const endings = this.#ended.get(step);
    if (!endings) this.#ended.set(step, [ending]);
    else {
      endings.push(ending);
      if (endings.length > REMEMBERED) endings.shift();
    }
  }
}
