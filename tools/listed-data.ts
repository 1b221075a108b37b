import { createHash } from 'node:crypto';
import type { CompiledRules } from '../src/classify/compile/compile.ts';
import { readEmployer } from '../src/classify/relevance/employer.ts';
import { readTitle, type TitleReading } from '../src/classify/relevance/title.ts';
import { readLine } from '../src/text/document.ts';
import { type Input, readData, readTitles, type Sample } from './data.ts';

/** Half of the employers of real titles are for first looks alone: what is learned of titles never saw one of theirs. */
export function isKeptBack(company: string): boolean {
  return (createHash('sha256').update(`triage ${company.toLowerCase()}`).digest()[0] as number) % 2 === 1;
}

/** The set whose titles say nothing on purpose. */
const SILENT = 'kinds';

/**
 * What a list shows, labelled: `learned` is what the worth of titles is learned from, `kept` are titles of employers that are kept back. Of real
 * titles only a short form of the employer is known, which says nothing of its field, and is left out.
 */
export function readListed(shared: string, fixtures: string): { learned: Sample[]; kept: Sample[]; inputs: Input[] } {
  const { postings, titles, inputs: given } = readData(shared, fixtures);
  const inputs = [...given];
  const real = [titles, readTitles('hospitals', shared, inputs)].flat();
  const kept = [...real.filter(({ company }) => isKeptBack(company)), ...readTitles('kept', shared, inputs)].map(nameless);
  const learned = [...real.filter(({ company }) => !isKeptBack(company)).map(nameless), ...postings.filter(({ set }) => set !== SILENT)];
  return { learned, kept, inputs };
}

const nameless = (sample: Sample): Sample => ({ ...sample, input: { ...sample.input, company: null } });

/** Reads what a list says of a posting, as the triage of titles does. */
export function readAsListed({ title, department, company, domain }: Sample['input'], rules: CompiledRules): TitleReading {
  const document = { title: readLine('title', title), department: readLine('department', department ?? '') };
  const hits = [...rules.match(document.title), ...rules.match(document.department)];
  return readTitle(document, hits, readEmployer({ company, domain }, rules).hits);
}
