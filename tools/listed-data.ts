import { createHash } from 'node:crypto';
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
