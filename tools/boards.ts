import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Certification } from '../src/classify/classification.ts';
import type { EmploymentType, WorkMode } from '../src/posting/posting.ts';
import type { Credential, Path, Relevance, Verdict } from '../src/posting/taxonomy.ts';
import { parse } from './json-lines.ts';

/** Characters of a text with the letter a reader gave them. */
export type Letter = { readonly start: number; readonly end: number; readonly letter: string };

/** A posting written to be learned from, with its labels in the same line and the letters of what its text names. */
type BoardLine = {
  readonly id: string;
  readonly title: string;
  readonly company: string;
  readonly location: string;
  readonly description: string;
  readonly letters: readonly Letter[];
  readonly relevance: Relevance;
  readonly paths: Path[];
  /** Null where the job is none of ours. */
  readonly verdicts: Record<Credential, Verdict> | null;
  readonly work_mode: WorkMode | null;
  readonly min_years: number | null;
  readonly employment_type: EmploymentType[];
  /** Left out where the reader kept another convention than the other sets: whether knowing a set of criteria is a certificate. */
  readonly certifications?: Certification[];
  readonly sure: string;
};
type Unread = Omit<BoardLine, 'letters'>;
export type Board = { readonly name: string; readonly content: string; readonly lines: readonly BoardLine[] };

const NAMED = 'board-';
/** Whether a set is one of the written boards. */
export const isBoard = (set: string): boolean => set.startsWith(NAMED);

const BOARDS = fileURLToPath(new URL('boards', import.meta.url));
/** "«D|PT license»": a letter and the words it is given to. */
const LETTERED = /«([A-Z])\|([^«»]+)»/g;

/** The written boards: postings that were written to be learned from, all that is asked of one told in its line. */
export function readBoards(): Board[] {
  return readdirSync(BOARDS)
    .sort()
    .map(file => {
      const content = readFileSync(`${BOARDS}/${file}`, 'utf8');
      return { name: `${NAMED}${file.replace('.jsonl', '')}`, content, lines: parse<Unread>(content).map(unlettered) };
    });
}

/** A line with its letters taken out of the text, and where they stood. */
export function unlettered(line: Unread): BoardLine {
  const letters: Letter[] = [];
  let description = '';
  let at = 0;
  for (const { 0: all, 1: letter = '', 2: words = '', index } of line.description.matchAll(LETTERED)) {
    description += line.description.slice(at, index);
    letters.push({ start: description.length, end: description.length + words.length, letter });
    description += words;
    at = index + all.length;
  }
  return { ...line, description: description + line.description.slice(at), letters };
}
