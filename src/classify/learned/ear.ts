import { type Hearing, type Linear, sumUp } from '../../text/linear.ts';
import type { Word } from '../../text/words.ts';
import { finderOf, type TermFinder } from './term-finder.ts';

/** Takes in what is heard of a thing: facts, and one or two words in the place where they are heard, with a token. */
export type Ear = {
  fact(fact: string): void;
  word(at: number, place: string, word: Word, next?: Word): void;
  /** The next word of a running text: by itself, and behind the one before it. */
  follow(at: number, before: Word, word: Word): void;
};

/** Begins to hear a thing, or one of which the same words are heard as of another. */
export type Begin<E extends Ear> = (sameWords?: E) => E;

/** Writes every term out, for those who find out which ones count. */
export class Notes implements Ear, Hearing {
  readonly facts = new Set<string>();
  readonly words: Map<string, number>;

  constructor(sameWords?: Notes) {
    this.words = sameWords?.words ?? new Map();
  }

  fact(fact: string): void {
    this.facts.add(fact);
  }

  word(at: number, place: string, { text }: Word, next?: Word): void {
    this.#note(at, next ? `${place} ${text} ${next.text}` : `${place} ${text}`);
  }

  follow(at: number, before: Word, { text }: Word): void {
    this.#note(at, text);
    this.#note(at, `${before.text} ${text}`);
  }

  #note(at: number, term: string): void {
    if (!this.words.has(term)) this.words.set(term, at);
  }
}

/** Hears what a model has learned and nothing else, as what it weighs; each once, in the order it is heard. */
export class Weigher implements Ear {
  readonly #linear: Linear;
  readonly #finder: TermFinder<Float64Array>;
  readonly #facts: Float64Array[] = [];
  readonly words: Float64Array[];
  /** Of every word, the token it was heard at first. */
  readonly tokens: number[];
  /** What is asked for several times is summed up once, as long as nothing more is heard. */
  #scores: Float64Array | null = null;
  #summed = 0;

  constructor(linear: Linear, sameWords?: Weigher) {
    this.#linear = linear;
    this.#finder = finderOf(linear.words);
    this.words = sameWords?.words ?? [];
    this.tokens = sameWords?.tokens ?? [];
  }

  fact(fact: string): void {
    const weights = this.#linear.facts.get(fact);
    if (weights && !this.#facts.includes(weights)) this.#facts.push(weights);
  }

  word(at: number, place: string, word: Word, next?: Word): void {
    this.#take(at, this.#finder.at(place, word, next));
  }

  follow(at: number, before: Word, word: Word): void {
    this.#take(at, this.#finder.word(word));
    this.#take(at, this.#finder.pair(before, word));
  }

  #take(at: number, weights: Float64Array | undefined): void {
    if (!weights || this.words.includes(weights)) return;
    this.words.push(weights);
    this.tokens.push(at);
  }

  /** The tokens of the words that speak loudest for a class, of equal ones the first heard. */
  loudest(of: number, most: number): number[] {
    const spoken = this.words.map((weights, nth) => ({ at: this.tokens[nth] as number, says: weights[of] as number }));
    const loud = spoken.filter(({ says }) => says > 0).sort((a, b) => b.says - a.says);
    return [...new Set(loud.map(({ at }) => at))].slice(0, most);
  }

  /** The scores of the classes, in their order. */
  scores(): Float64Array {
    const heard = this.#facts.length + this.words.length;
    if (!this.#scores || heard !== this.#summed) this.#scores = sumUp(this.#linear, this.#facts, this.words);
    this.#summed = heard;
    return this.#scores;
  }
}

/** Begins to take notes. */
export const notes: Begin<Notes> = sameWords => new Notes(sameWords);
/** Begins to hear what a model has learned. */
export const weigherOf =
  (linear: Linear): Begin<Weigher> =>
  sameWords =>
    new Weigher(linear, sameWords);
