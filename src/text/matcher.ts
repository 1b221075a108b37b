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
  readonly id: number;
  readonly before: Step | null;
  readonly gap: number;
  readonly phrases: number[];
  continues: boolean;
  places: number;
};

/** Parts by what they spell; needed only until all phrases are in. */
type Parts = Map<Pattern['parts'][number], number>;

/**
 * All phrases of all rules in one automaton over whole words. Phrases with gaps are joined from their parts by remembering where the part
 * before last ended; a part that phrases have in common is looked for once.
 */
export class Matcher {
  readonly #automaton = new Automaton();
  /** Part → the places it has in phrases. */
  readonly #steps: Step[][] = [];
  readonly #places: ArrayLike<number>;
  #stepCount = 0;
  #memory: GapMemory;

  /** `places` has the bits of the places where each phrase may stand. */
  constructor(patterns: readonly Pattern[], places: ArrayLike<number>) {
    this.#places = places;
    const known: Parts = new Map();
    for (const [phrase, pattern] of patterns.entries()) this.#insert(phrase, pattern, known);
    this.#automaton.close();
    this.#memory = new GapMemory(this.#stepCount);
  }

  #insert(phrase: number, { parts, gaps }: Pattern, known: Parts): void {
    let before: Step | null = null;
    for (const [at, part] of parts.entries()) {
      if (before) before.continues = true;
      before = this.#stepOf(this.#numberOf(part, known), before, at > 0 ? (gaps[at - 1] as number) : 0);
      before.places |= this.#places[phrase] as number;
    }
    before?.phrases.push(phrase);
  }

  #numberOf(part: Part, known: Parts): number {
    const before = known.get(part);
    if (before !== undefined) return before;
    const number = this.#steps.push([]) - 1;
    known.set(part, number);
    this.#automaton.add(part, number);
    return number;
  }

  #stepOf(part: number, before: Step | null, gap: number): Step {
    const places = this.#steps[part] as Step[];
    const known = places.find(place => place.before === before && place.gap === gap);
    if (known) return known;
    const step: Step = { id: this.#stepCount++, before, gap, phrases: [], continues: false, places: 0 };
    places.push(step);
    return step;
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
        for (let at = 0; at < ended.length; at += 2) {
          for (const step of this.#steps[ended[at] as number] as Step[]) {
            if ((step.places & place) === 0) continue;
            const length = ended[at + 1] as number;
            const from = this.#memory.take(step.id, step.before?.id ?? -1, step.gap, end - length, end, step.continues);
            if (from < 0) continue;
            for (const phrase of step.phrases) if (((this.#places[phrase] as number) & place) !== 0) found(phrase, segment, from, end);
          }
        }
      });
    }
  }
}

/** Endings of one step that are remembered; an older one is out of every gap's reach or hidden by a newer one. */
const REMEMBERED = 4;

/**
 * Where the steps of phrases with gaps ended lately in the segment at hand. Plain numbers, as this is asked for nearly every word: a ring of
 * endings a step, which counts only when it was written in this segment.
 */
class GapMemory {
  readonly #from: Int32Array;
  readonly #end: Int32Array;
  readonly #written: Int32Array;
  readonly #count: Int32Array;
  #segment = 1;

  constructor(steps: number) {
    this.#from = new Int32Array(steps * REMEMBERED);
    this.#end = new Int32Array(steps * REMEMBERED);
    this.#written = new Int32Array(steps);
    this.#count = new Int32Array(steps);
  }

  clear(): void {
    this.#segment++;
  }

  /** Where the phrase began whose step stands at `first` up to `end`, or -1 when the step before it (-1: none) did not end near enough. */
  take(step: number, before: number, gap: number, first: number, end: number, remember: boolean): number {
    const from = before < 0 ? first : this.#before(before, gap, first);
    if (remember && from >= 0) this.#remember(step, from, end);
    return from;
  }

  #before(step: number, gap: number, first: number): number {
    if (this.#written[step] !== this.#segment) return -1;
    const count = this.#count[step] as number;
    for (let nth = count - 1; nth >= 0 && nth >= count - REMEMBERED; nth--) {
      const at = step * REMEMBERED + (nth % REMEMBERED);
      const end = this.#end[at] as number;
      if (end <= first && first - end <= gap) return this.#from[at] as number;
    }
    return -1;
  }

  #remember(step: number, from: number, end: number): void {
    if (this.#written[step] !== this.#segment) {
      this.#written[step] = this.#segment;
      this.#count[step] = 0;
    }
    const count = this.#count[step] as number;
    const at = step * REMEMBERED + (count % REMEMBERED);
    this.#from[at] = from;
    this.#end[at] = end;
    this.#count[step] = count + 1;
  }
}
