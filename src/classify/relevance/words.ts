import { PATH_SLUGS } from '../../posting/taxonomy.ts';
import type { Document } from '../../text/document.ts';
import type { Linear } from '../../text/linear.ts';
import type { Section } from '../../text/sections.ts';
import { type Ear, Weigher } from '../learned/ear.ts';
import { linearFile } from '../learned/fitted-file.ts';
import { hearWords } from '../learned/sentences.ts';

/** What the words of title and department speak for: the work of a path, treating, or other work. */
export const TITLE_SAID = [...PATH_SLUGS, 'clinical', 'other'] as const;
/** What the words of a text speak for. */
export const KIND_SAID = ['nonclinical', 'clinical', 'other'] as const;

/** What words say, learned from labelled postings: those of titles, those of texts of the kind of job, and of its path. */
export const titleWordsFile = linearFile('title-words.yaml', TITLE_SAID);
export const kindWordsFile = linearFile('kind-words.yaml', KIND_SAID);
export const pathWordsFile = linearFile('path-words.yaml', PATH_SLUGS);
export type WordModels = { readonly title: Linear; readonly kind: Linear; readonly path: Linear };

/** What is heard of a posting by each of them. */
export type WordsHeard = Readonly<Record<keyof WordModels, Weigher>>;

/** Hears the words of a posting; every word counts once. Linear in the text. */
export function readWords(document: Document, { title, kind, path }: WordModels): WordsHeard {
  return {
    title: hearTitle(document, new Weigher(title)),
    kind: hearBody(document, new Weigher(kind)),
    path: hearBody(document, new Weigher(path)),
  };
}

/** How far words may go, in log-odds; of the kind of job those of a title may say louder than those of a text. */
const MOST = { title: 5, kind: 4, path: 6 };
const bounded = (odds: number, most: number): number => Math.max(-1, Math.min(1, odds / most));

/** How much louder words speak for one kind of job than for other work, from -1 to 1; 0 where none is known. */
export function oddsOfKind({ title, kind }: WordsHeard, of: 'title' | 'kind', said: 'nonclinical' | 'clinical'): number {
  const heard = of === 'title' ? title : kind;
  if (heard.words.length === 0) return 0;
  const scores = heard.scores();
  const clinical = scores.length - 2;
  const wanted = said === 'clinical' ? (scores[clinical] as number) : together(scores.subarray(0, clinical));
  return bounded(wanted - (scores[clinical + 1] as number), MOST[of]);
}

/** How much words speak for every path among all, in the order of PATH_SLUGS, from -1 to 0. */
export function oddsOfPaths(words: WordsHeard, of: 'title' | 'path'): Float64Array {
  if (words[of].words.length === 0) return new Float64Array(PATH_SLUGS.length);
  const scores = words[of].scores().subarray(0, PATH_SLUGS.length);
  const all = together(scores);
  return scores.map(score => bounded(score - all, MOST.path));
}

/** The log of the sum of exponentials: how much speaks for any of several. */
function together(scores: Float64Array): number {
  const most = Math.max(...scores);
  return most + Math.log(scores.reduce((sum, score) => sum + Math.exp(score - most), 0));
}

/** Hears the words of title and department. */
export function hearTitle<E extends Ear>({ title, department }: Pick<Document, 'title' | 'department'>, ear: E): E {
  for (const field of [title, department]) for (const segment of field.segments) hearWords(field, segment, ear);
  return ear;
}

/** Sections that tell what is done and what is asked for; what an employer is, gives or must write says nothing of the work. */
const HEARD: ReadonlySet<Section> = new Set(['summary', 'duties', 'other', 'requirements', 'preferred']);

/** Hears the words of a text. */
export function hearBody<E extends Ear>({ text }: Document, ear: E): E {
  for (const segment of text.segments) if (HEARD.has(segment.section)) hearWords(text, segment, ear);
  return ear;
}
