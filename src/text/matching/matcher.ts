import type { Field, Segment } from '../document.ts';
import { Automaton, type Ended } from './automaton.ts';
import type { Part, Pattern } from './pattern.ts';

/** Told of a phrase found: the tokens `first` up to, not including, `last` of a segment. */
type Found = (phrase: number, segment: Segment, first: number, last: number) => void;

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
  /** Its number among those that another step may follow, and where the list of all steps tells of it. */
  id: number;
  listed: number;
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
    this.#steps = new Steps(builder.steps, places);
    this.#memory = new GapMemory(this.#steps.continued);
    this.#automaton.close(ended => this.#steps.of(ended));
  }

  /**
   * Tells every occurrence of every phrase that may stand there, in the order they end. A phrase never runs over the end of a segment.
   * `placeOf` gives the bit of the place a segment is.
   */
  match(field: Field, placeOf: (segment: Segment) => number, found: Found): void {
    for (const segment of field.segments) {
      const place = placeOf(segment);
      this.#memory.clear();
      this.#automaton.run(field.tokens, segment.first, segment.last, (ended, end) => this.#end(ended, end, place, segment, found));
    }
  }

  /** Parts end at `end`: takes every step they are whose step before stands near enough. */
  #end(ended: Ended, end: number, place: number, segment: Segment, found: Found): void {
    const { list, phrases, phrasePlaces } = this.#steps;
    const beginning = ended[ENDED.beginning] as number;
    const all = ended[ENDED.all] as number;
    const goesOn = this.#memory.holdsAny(ended, ENDED.befores, beginning);
    const last = goesOn ? ended.length : all;
    for (let at = goesOn ? all : beginning; at < last; at += 2) {
      const step = ended[at] as number;
      if (((list[step + STEP.places] as number) & place) === 0) continue;
      const first = end - (ended[at + 1] as number);
      const before = list[step + STEP.before] as number;
      const begin = before === NO_STEP ? first : this.#memory.beginOf(before, list[step + STEP.gap] as number, first);
      if (begin < 0) continue;
      const kept = list[step + STEP.kept] as number;
      if (kept !== NO_STEP) this.#memory.remember(kept, begin, end);
      const none = list[step + STEP.phrasesEnd] as number;
      for (let nth = list[step + STEP.phrases] as number; nth < none; nth++) {
        if (((phrasePlaces[nth] as number) & place) !== 0) found(phrases[nth] as number, segment, begin, end);
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
    const step: Step = { part, before, gap, phrases: [], continues: false, places: 0, id: NO_STEP, listed: 0 };
    steps.push(step);
    return step;
  }
}

const NO_STEP = -1;

/** What is known of a step, number beside number: where it may stand, what it needs and what it ends. */
const STEP = {
  places: 0,
  before: 1,
  gap: 2,
  /** The step itself when another one may follow, else NO_STEP. */
  kept: 3,
  /** Its phrases in the lists of all. */
  phrases: 4,
  phrasesEnd: 5,
} as const;

/**
 * What is known of parts that end together: the steps that others go on from, then from `beginning` on those that begin a phrase, and from
 * `all` on all of them, each as its place in the list and how many words long its part is. Two of three steps only go on, and nearly always
 * from none that ended here: then they are passed over at once.
 */
const ENDED = { beginning: 0, all: 1, befores: 2 } as const;

/** Steps as plain numbers: every word of a text asks for a dozen. */
class Steps {
  readonly #parts: readonly (readonly Step[])[];
  readonly list: Int32Array;
  /** The phrases of all steps, those of one side by side, and where each may stand. */
  readonly phrases: Int32Array;
  readonly phrasePlaces: Int32Array;
  /** How many steps another one may follow. */
  readonly continued: number;

  constructor(parts: readonly (readonly Step[])[], places: ArrayLike<number>) {
    this.#parts = parts;
    const list: number[] = [];
    const phrases: number[] = [];
    let continued = 0;
    for (const step of parts.flat()) if (step.continues) step.id = continued++;
    for (const step of parts.flat()) {
      step.listed = list.length;
      list.push(step.places, step.before?.id ?? NO_STEP, step.gap, step.id, phrases.length, phrases.length + step.phrases.length);
      phrases.push(...step.phrases);
    }
    this.continued = continued;
    this.list = Int32Array.from(list);
    this.phrases = Int32Array.from(phrases);
    this.phrasePlaces = this.phrases.map(phrase => places[phrase] as number);
  }

  /** The steps of parts that end together, given as pairs of a part and how many words long it is. */
  of(ended: readonly number[]): Int32Array {
    const befores: number[] = [];
    const beginning: number[] = [];
    const all: number[] = [];
    for (let at = 0; at < ended.length; at += 2) {
      const words = ended[at + 1] as number;
      for (const { before, listed } of this.#parts[ended[at] as number] as readonly Step[]) {
        all.push(listed, words);
        if (before) befores.push(before.id);
        else beginning.push(listed, words);
      }
    }
    const from = ENDED.befores + befores.length;
    return Int32Array.of(from, from + beginning.length, ...befores, ...beginning, ...all);
  }
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

  /** Whether any of the steps from `from` up to `to` ended in this segment. */
  holdsAny(steps: Ended, from: number, to: number): boolean {
    for (let at = from; at < to; at++) if (this.#segments[steps[at] as number] === this.#segment) return true;
    return false;
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
