import type { Field } from './document.ts';
import type { Pattern } from './pattern.ts';

/** A phrase found: the tokens `first` up to, not including, `last` of segment number `segment`. */
export type Hit = { readonly phrase: number; readonly segment: number; readonly first: number; readonly last: number };

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

  /** Every occurrence of every phrase, in the order they end. A phrase never runs over the end of a segment. */
  match(field: Field): Hit[] {
    const hits: Hit[] = [];
    const gaps = new GapMemory();
    for (const [segment, { first, last }] of field.segments.entries()) {
      let state: State = this.#root;
      for (let at = first; at < last; at++) {
        const id = this.#words.get((field.tokens[at] as { word: string }).word);
        if (id === undefined) {
          state = this.#root;
          continue;
        }
        while (state !== this.#root && !state.next.has(id)) state = state.fail as State;
        state = state.next.get(id) ?? this.#root;
        for (const output of state.outputs) gaps.take(output, segment, at + 1, hits);
      }
    }
    return hits;
  }
}

type Ending = { readonly segment: number; readonly from: number; readonly end: number };

/** Endings of one part that are remembered; an older one is out of every gap's reach or hidden by a newer one. */
const REMEMBERED = 4;

/** Where the parts of phrases with gaps ended lately. */
class GapMemory {
  readonly #ended = new Map<number, Ending[]>();

  take(output: Output, segment: number, end: number, hits: Hit[]): void {
    const start = end - output.length;
    if (output.part < 0) {
      hits.push({ phrase: output.phrase, segment, first: start, last: end });
      return;
    }
    let from = start;
    if (output.gap > 0) {
      const before = this.#ended
        .get(output.part - 1)
        ?.find(ending => ending.segment === segment && ending.end <= start && start - ending.end <= output.gap);
      if (!before) return;
      from = before.from;
    }
    if (output.final) hits.push({ phrase: output.phrase, segment, first: from, last: end });
    else this.#ended.set(output.part, [{ segment, from, end }, ...(this.#ended.get(output.part) ?? [])].slice(0, REMEMBERED));
  }
}
