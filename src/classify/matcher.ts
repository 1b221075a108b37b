import { Automaton } from './automaton.ts';
import type { Field, Segment } from './document.ts';
import type { Pattern } from './pattern.ts';

/** A phrase found: the tokens `first` up to, not including, `last` of a segment. */
export type Hit = { readonly phrase: number; readonly segment: Segment; readonly first: number; readonly last: number };

/** A part in its place: after the step `before` (null: it begins the phrase) and at most `gap` words. `phrases` end with it. */
type Step = { readonly id: number; readonly before: Step | null; readonly gap: number; continues: boolean; readonly phrases: number[] };

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
  #stepCount = 0;

  constructor(patterns: readonly Pattern[]) {
    const known: Parts = new Map();
    for (const [phrase, pattern] of patterns.entries()) this.#insert(phrase, pattern, known);
    this.#automaton.link();
  }

  #insert(phrase: number, { parts, gaps }: Pattern, known: Parts): void {
    let before: Step | null = null;
    for (const [at, alternatives] of parts.entries()) {
      if (before) before.continues = true;
      before = this.#stepOf(this.#partOf(alternatives, known), before, at > 0 ? (gaps[at - 1] as number) : 0);
    }
    before?.phrases.push(phrase);
  }

  #partOf(alternatives: Pattern['parts'][number], known: Parts): number {
    const before = known.get(alternatives);
    if (before !== undefined) return before;
    const part = this.#steps.push([]) - 1;
    known.set(alternatives, part);
    for (const words of alternatives) this.#automaton.add(words, part);
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

  /**
   * Every occurrence of every phrase that may stand there, in the order they end. A phrase never runs over the end of a segment.
   * `mayStand(phrase, segment)` is asked once per occurrence, so it must be cheap.
   */
  match(field: Field, mayStand: (phrase: number, segment: Segment) => boolean = () => true): Hit[] {
    const hits: Hit[] = [];
    const gaps = new GapMemory();
    for (const segment of field.segments) {
      gaps.clear();
      this.#automaton.run(field.tokens, segment.first, segment.last, (part, length, end) => {
        for (const step of this.#steps[part] as Step[]) {
          const from = gaps.take(step, end - length, end);
          if (from < 0) continue;
          for (const phrase of step.phrases) if (mayStand(phrase, segment)) hits.push({ phrase, segment, first: from, last: end });
        }
      });
    }
    return hits;
  }
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
