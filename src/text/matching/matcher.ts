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
  /** Its number among those that another step may follow, and where its phrases begin in the list of all. */
  id: number;
  phrasesFrom: number;
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
      this.#automaton.run(field.tokens, segment.first, segment.last, (steps, end) => this.#end(steps, end, place, segment, found));
    }
  }

  /** Parts end at `end`: takes every step they are whose step before stands near enough. */
  #end(steps: Ended, end: number, place: number, segment: Segment, found: Found): void {
    const { phrases, phrasePlaces } = this.#steps;
    const beginning = steps[ENDED.beginning] as number;
    const all = steps[ENDED.all] as number;
    const goesOn = this.#memory.holdsAny(steps, ENDED.befores, beginning);
    const last = goesOn ? steps.length : all;
    for (let at = goesOn ? all : beginning; at < last; at += STEP.width) {
      if (((steps[at + STEP.places] as number) & place) === 0) continue;
      const first = end - (steps[at + STEP.words] as number);
      const before = steps[at + STEP.before] as number;
      const begin = before === NO_STEP ? first : this.#memory.beginOf(before, steps[at + STEP.gap] as number, first);
      if (begin < 0) continue;
      const kept = steps[at + STEP.kept] as number;
      if (kept !== NO_STEP) this.#memory.remember(kept, begin, end);
      const none = steps[at + STEP.phrasesEnd] as number;
      for (let nth = steps[at + STEP.phrases] as number; nth < none; nth++) {
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
    const step: Step = { part, before, gap, phrases: [], continues: false, places: 0, id: NO_STEP, phrasesFrom: 0 };
    steps.push(step);
    return step;
  }
}

const NO_STEP = -1;

/** What is known of a step, number beside number: how many words its part is long, where it may stand, what it needs and what it ends. */
const STEP = {
  words: 0,
  places: 1,
  before: 2,
  gap: 3,
  /** The step itself when another one may follow, else NO_STEP. */
  kept: 4,
  /** Its phrases in the lists of all. */
  phrases: 5,
  phrasesEnd: 6,
  width: 7,
} as const;

/**
 * What is known of parts that end together: where the steps that begin a phrase are told, where all of them are, and before both the steps
 * that others go on from. Two of three only go on, and nearly always from none that ended here: then they are passed over at once.
 */
const ENDED = { beginning: 0, all: 1, befores: 2 } as const;

/** Steps as plain numbers, those that parts take together side by side: every word of a text asks for a dozen. */
class Steps {
  readonly #parts: readonly (readonly Step[])[];
  /** The phrases of all steps, those of one side by side, and where each may stand. */
  readonly phrases: Int32Array;
  readonly phrasePlaces: Int32Array;
  /** How many steps another one may follow. */
  readonly continued: number;

  constructor(parts: readonly (readonly Step[])[], places: ArrayLike<number>) {
    this.#parts = parts;
    const phrases: number[] = [];
    let continued = 0;
    for (const step of parts.flat()) {
      if (step.continues) step.id = continued++;
      step.phrasesFrom = phrases.length;
      phrases.push(...step.phrases);
    }
    this.continued = continued;
    this.phrases = Int32Array.from(phrases);
    this.phrasePlaces = this.phrases.map(phrase => places[phrase] as number);
  }

  /** The steps of parts that end together, given as pairs of a part and how many words long it is. */
  of(ended: readonly number[]): Int32Array {
    const befores: number[] = [];
    const beginning: number[] = [];
    const all: number[] = [];
    for (let at = 0; at < ended.length; at += 2) {
      for (const { id, before, gap, places, phrases, phrasesFrom } of this.#parts[ended[at] as number] as readonly Step[]) {
        const step = [ended[at + 1] as number, places, before?.id ?? NO_STEP, gap, id, phrasesFrom, phrasesFrom + phrases.length];
        all.push(...step);
        if (before) befores.push(before.id);
        else beginning.push(...step);
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

  /** Whether any of the steps `steps[from]` up to `steps[to]` ended in this segment. */
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
