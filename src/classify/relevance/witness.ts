import { PATH_SLUGS } from '../../posting/taxonomy.ts';
import type { Document, Field } from '../../text/document.ts';
import type { Token } from '../../text/lexer.ts';
import type { Word } from '../../text/words.ts';
import { finderOf } from '../learned/term-finder.ts';
import type { PostingReading } from '../reading/posting.ts';
import type { Entry, Lexicon, LexiconName, Witness } from './model.ts';
import { spansOfBody } from './terms.ts';

/** A word of a lexicon, where it was first heard. */
export type Heard = {
  readonly entry: Entry;
  readonly field: Field;
  readonly first: number;
  readonly last: number;
};

/** What one lexicon says of a posting: the score of each class, and the words it comes from. */
export type Testimony = {
  readonly lexicon: Lexicon;
  readonly scores: Float64Array;
  readonly heard: readonly Heard[];
  readonly scale: number;
};
export type Testimonies = Readonly<Record<LexiconName, Testimony>>;

/** Lets the witness read a posting; every word counts once. Linear in the text. */
export function testify(witness: Witness, reading: PostingReading): Testimonies {
  const kind = new Listener(witness.kind);
  const work = new Listener(witness.work);
  for (const { heard, first, last } of spansOfBody(reading)) {
    for (const listener of [kind, work]) listener.listen(heard, reading.document.text, first, last);
  }
  return { seat: hearTitle(witness, reading.document), kind: kind.testimony(), work: work.testimony() };
}

/** Lets the witness read title and department alone. */
function hearTitle(witness: Witness, { title, department }: Pick<Document, 'title' | 'department'>): Testimony {
  const seat = new Listener(witness.seat);
  for (const field of [title, department]) {
    for (const { first, last } of field.segments) seat.listen('title', field, first, last);
  }
  return seat.testimony();
}

class Listener {
  readonly #lexicon: Lexicon;
  readonly #heard = new Map<Entry, Heard>();

  constructor(lexicon: Lexicon) {
    this.#lexicon = lexicon;
  }

  /** Hears the tokens `first` up to `last` of a field. */
  listen(place: string, field: Field, first: number, last: number): void {
    const terms = this.#lexicon.words.get(place);
    if (!terms) return;
    const finder = finderOf(terms);
    let before: Word | null = null;
    for (let at = first; at < last; at++) {
      const { known } = field.tokens[at] as Token;
      this.#take(finder.word(known), field, at, at + 1);
      if (before) this.#take(finder.pair(before, known), field, at - 1, at + 1);
      before = known;
    }
  }

  #take(entry: Entry | undefined, field: Field, first: number, last: number): void {
    if (entry && !this.#heard.has(entry)) this.#heard.set(entry, { entry, field, first, last });
  }

  testimony(): Testimony {
    const { bias, floor } = this.#lexicon;
    const scores = bias.slice();
    const scale = 1 / Math.sqrt(Math.max(floor, this.#heard.size));
    for (const { weights } of this.#heard.keys()) {
      for (let k = 0; k < scores.length; k++) scores[k] = (scores[k] as number) + scale * (weights[k] as number);
    }
    return { lexicon: this.#lexicon, scores, heard: [...this.#heard.values()], scale };
  }
}

/** How far the witness may go, in log-odds: what it has heard in titles it may say louder than what it has heard in texts. */
const MOST = { title: 5, text: 4, path: 6 };
const bounded = (odds: number, most: number): number => Math.max(-1, Math.min(1, odds / most));

/** What the witness says of the kind of job, each between -1 and 1. A posting without a known word says nothing. */
export function ofKind({ seat, kind }: Testimonies): { titlePath: number; titleClinical: number; textPath: number; textClinical: number } {
  const [titlePath, titleClinical] = seat.heard.length === 0 ? [0, 0] : titleOdds(seat.scores);
  const [nonclinical = 0, clinical = 0, other = 0] = kind.heard.length === 0 ? [] : kind.scores;
  return {
    titlePath: bounded(titlePath, MOST.title),
    titleClinical: bounded(titleClinical, MOST.title),
    textPath: bounded(nonclinical - other, MOST.text),
    textClinical: bounded(clinical - other, MOST.text),
  };
}

/** The log-odds of any path, and of treating, against everything else, by a title alone. */
function titleOdds(scores: Float64Array): [number, number] {
  const clinical = scores[PATH_SLUGS.length] as number;
  const other = scores[PATH_SLUGS.length + 1] as number;
  return [together(scores.subarray(0, PATH_SLUGS.length)) - other, clinical - other];
}

/** What the witness says of every path, in the order of PATH_SLUGS: between -1 and 0, by title and by text. */
export function ofPaths({ seat, work }: Testimonies): { title: Float64Array; text: Float64Array } {
  return { title: shares(seat, PATH_SLUGS.length), text: shares(work, PATH_SLUGS.length) };
}

function shares({ scores, heard }: Testimony, count: number): Float64Array {
  const of = scores.slice(0, count);
  if (heard.length === 0) return of.fill(0);
  const all = together(of);
  return of.map(score => bounded(score - all, MOST.path));
}

/** The log of the sum of exponentials: how much speaks for any of several. */
function together(scores: Float64Array): number {
  const most = Math.max(...scores);
  return most + Math.log(scores.reduce((sum, score) => sum + Math.exp(score - most), 0));
}

/** Words of the witness that are shown: more than these nobody reads. */
const WORDS_SHOWN = 3;

/** The words that speak most for a class, of equal ones the first heard. */
export function wordsFor({ lexicon, heard }: Testimony, name: string): Heard[] {
  const at = lexicon.classes.indexOf(name);
  const most: Heard[] = [];
  for (const one of heard) {
    const weight = one.entry.weights[at] as number;
    if (!(weight > 0)) continue;
    const behind = most.findIndex(({ entry }) => (entry.weights[at] as number) < weight);
    if (behind >= 0) most.splice(behind, 0, one);
    else if (most.length < WORDS_SHOWN) most.push(one);
    most.length = Math.min(most.length, WORDS_SHOWN);
  }
  return most;
}
