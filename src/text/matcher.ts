import { Automaton } from './automaton.ts';
import type { Field, Segment } from './document.ts';
import type { Part, Pattern } from './pattern.ts';

/** Told of a phrase found: the tokens `first` up to, not including, `last` of a segment. */
export type Found = (phrase: number, segment: Segment, first: number, last: number) => void;

/**
 * A part in its place: after the step `before` (null: it begins the phrase) and at most `gap` words. `phrases` end with it; `places` are the
 * bits of where any phrase it belongs to may stand.
 */
type Step = {
  readonly part: number;
  readonly before: Step | null;
  readonly gap: number;
  readonly phrases: number[];
  continues: boolean;
  places: number;
  id: number;
};

/**
 * All phrases of all rules in one automaton over whole words. Phrases with gaps are joined from their parts by remembering where the part
 * before last ended; a part that phrases have in common is looked for once.
 */
export class Matcher {
  readonly #automaton = new Automaton();
  readonly #steps: Steps;
  readonly #memory: GapMemory;

  /** `places` has the bits of the places where each phrase may stand. */
  constructor(patterns: readonly Pattern[], places: ArrayLike<number>) {
    const builder = new StepBuilder(this.#automaton, places);
    for (const [phrase, pattern] of patterns.entries()) builder.insert(phrase, pattern);
    this.#automaton.close();
    this.#steps = new Steps(builder.steps, places);
    this.#memory = new GapMemory(builder.steps.flat().length);
  }

  /**
   * Tells every occurrence of every phrase that may stand there, in the order they end. A phrase never runs over the end of a segment.
   * `placeOf` gives the bit of the place a segment is.
   */
  match(field: Field, placeOf: (segment: Segment) => number, found: Found): void {
    for (const segment of field.segments) {
      const place = placeOf(segment);
      this.#memory.clear();
      this.#automaton.run(field.tokens, segment.first, segment.last, (ended, end) => {
        for (let at = 0; at < ended.length; at += 2)
          this.#end(ended[at] as number, end - (ended[at + 1] as number), end, place, segment, found);
      });
    }
  }

  /** A part stands at `first` up to `end`: every step it is, whose step before stands near enough. */
  #end(part: number, first: number, end: number, place: number, segment: Segment, found: Found): void {
    const { from, before, gap, places, continues, phrasesFrom, phrases, phrasePlaces } = this.#steps;
    const last = from[part + 1] as number;
    for (let step = from[part] as number; step < last; step++) {
      if (((places[step] as number) & place) === 0) continue;
      const earlier = before[step] as number;
      const begin = earlier === NO_STEP ? first : this.#memory.beginOf(earlier, gap[step] as number, first);
      if (begin < 0) continue;
      if (continues[step] === 1) this.#memory.remember(step, begin, end);
      const none = phrasesFrom[step + 1] as number;
      for (let at = phrasesFrom[step] as number; at < none; at++) {
        if (((phrasePlaces[at] as number) & place) !== 0) found(phrases[at] as number, segment, begin, end);
      }
    }
  }
}

/** Sorts the parts of phrases into steps; needed only until all phrases are in. */
class StepBuilder {
  /** Part → the steps it is. */
  readonly steps: Step[][] = [];
  readonly #automaton: Automaton;
  readonly #places: ArrayLike<number>;
  readonly #known = new Map<Part, number>();

  constructor(automaton: Automaton, places: ArrayLike<number>) {
    this.#automaton = automaton;
    this.#places = places;
  }

  insert(phrase: number, { parts, gaps }: Pattern): void {
    let before: Step | null = null;
    for (const [at, part] of parts.entries()) {
      if (before) before.continues = true;
      before = this.#stepOf(this.#numberOf(part), before, at > 0 ? (gaps[at - 1] as number) : 0);
      before.places |= this.#places[phrase] as number;
    }
    before?.phrases.push(phrase);
  }

  #numberOf(part: Part): number {
    const before = this.#known.get(part);
    if (before !== undefined) return before;
    const number = this.steps.push([]) - 1;
    this.#known.set(part, number);
    this.#automaton.add(part, number);
    return number;
  }

  #stepOf(part: number, before: Step | null, gap: number): Step {
    const steps = this.steps[part] as Step[];
    const known = steps.find(step => step.before === before && step.gap === gap);
    if (known) return known;
    const step: Step = { part, before, gap, phrases: [], continues: false, places: 0, id: NO_STEP };
    steps.push(step);
    return step;
  }
}

const NO_STEP = -1;

/** Steps as plain numbers, those of a part side by side: every word of a text asks for several. */
class Steps {
  /** Part → its first step; the steps of the next part follow its own. */
  readonly from: Int32Array;
  /** By step. */
  readonly before: Int32Array;
  readonly gap: Int32Array;
  readonly places: Int32Array;
  readonly continues: Uint8Array;
  /** Step → the first of the phrases that end with it, in the two lists below. */
  readonly phrasesFrom: Int32Array;
  readonly phrases: Int32Array;
  readonly phrasePlaces: Int32Array;

  constructor(parts: readonly (readonly Step[])[], places: ArrayLike<number>) {
    const steps = parts.flat();
    for (const [id, step] of steps.entries()) step.id = id;
    this.from = starts(parts);
    this.before = Int32Array.from(steps, ({ before }) => before?.id ?? NO_STEP);
    this.gap = Int32Array.from(steps, ({ gap }) => gap);
    this.places = Int32Array.from(steps, step => step.places);
    this.continues = Uint8Array.from(steps, ({ continues }) => Number(continues));
    this.phrasesFrom = starts(steps.map(({ phrases }) => phrases));
    this.phrases = Int32Array.from(steps.flatMap(({ phrases }) => phrases));
    this.phrasePlaces = this.phrases.map(phrase => places[phrase] as number);
  }
}

/** Where each list begins when they are laid one after the other, and where the last one ends. */
function starts(lists: readonly (readonly unknown[])[]): Int32Array {
  const from = new Int32Array(lists.length + 1);
  for (const [at, { length }] of lists.entries()) from[at + 1] = (from[at] as number) + length;
  return from;
}

/** Endings of one step that are remembered; an older one is out of every gap's reach or hidden by a newer one. */
const REMEMBERED = 4;
/** What is kept of a step: how often it ended, and then where those endings begin and end. */
const ENDINGS = 1;
const WIDTH = ENDINGS + 2 * REMEMBERED;

/**
 * Where the steps of phrases with gaps ended lately in the segment at hand. Plain numbers, as this is asked for nearly every word: a ring of
 * endings a step, which counts only when it was written in this segment.
 */
class GapMemory {
  /** Step → the segment it ended in last; apart from the rest, as nearly every step asked for did not end. */
  readonly #segments: Int32Array;
  readonly #kept: Int32Array;
  #segment = 1;

  constructor(steps: number) {
    this.#segments = new Int32Array(steps);
    this.#kept = new Int32Array(steps * WIDTH);
  }

  clear(): void {
    this.#segment++;
  }

  /** Where the phrase began whose step ended at most `gap` words before `first`, or -1. */
  beginOf(step: number, gap: number, first: number): number {
    if (this.#segments[step] !== this.#segment) return -1;
    const kept = this.#kept;
    const base = step * WIDTH;
    const count = kept[base] as number;
    for (let nth = count - 1; nth >= 0 && nth >= count - REMEMBERED; nth--) {
      const at = base + ENDINGS + 2 * (nth % REMEMBERED);
      const end = kept[at + 1] as number;
      if (end <= first && first - end <= gap) return kept[at] as number;
    }
    return -1;
  }

  remember(step: number, begin: number, end: number): void {
    const kept = this.#kept;
    const base = step * WIDTH;
    const count = this.#segments[step] === this.#segment ? (kept[base] as number) : 0;
    const at = base + ENDINGS + 2 * (count % REMEMBERED);
    this.#segments[step] = this.#segment;
    kept[base] = count + 1;
    kept[at] = begin;
    kept[at + 1] = end;
  }
}
