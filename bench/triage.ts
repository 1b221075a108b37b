import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { triageTitle } from '../src/classify/triage-title.ts';
import { isKeptBack, readListed } from '../tools/listed-data.ts';
import { printRows, type Row } from './_rows.ts';
import { hospitalTitles } from './_titles.ts';

// What the triage of titles asks a hospital's board for, and what it misses: the share of a hospital's titles whose page is read, beside the share of
// labelled non-clinical postings that are kept by their title and employer; by halves of the titles, and of the sets and the employers that nothing
// was learned from. And the least any reader of titles alone could do: of a title that is labelled, all of its name are kept or none.
// node bench/triage.ts [--rows]

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false }, rows: { type: 'boolean', default: false } } });
const SHARED = fileURLToPath(new URL('../../shared/', import.meta.url));
const FIXTURES = fileURLToPath(new URL('../test/fixtures/', import.meta.url));
const MOST = 0.15;
const LEAST = 0.99;

type Listed = { title: string; company: string | null };
type Labelled = Listed & { unseen: boolean };

/** The titles of postings labelled non-clinical. */
function labelled(): Labelled[] {
  const shared = ['dev', 'dev-2', 'dev-uk', 'real'].map(name => ({
    postings: `${SHARED}postings/${name}.jsonl`,
    labels: `${SHARED}postings/${name}-labels.jsonl`,
  }));
  const own = ['gold', ...inside('waves'), ...inside('first-looks')].map(name => ({
    postings: `${FIXTURES}${name}/postings.jsonl`,
    labels: `${FIXTURES}${name}/labels.jsonl`,
  }));
  return [...shared, ...own]
    .filter(({ labels }) => existsSync(labels))
    .flatMap(({ postings, labels }) => {
      const wanted = new Set(
        lines<{ id: string; relevance: string }>(labels).flatMap(row => (row.relevance === 'nonclinical' ? [row.id] : [])),
      );
      return lines<{ id: string; title: string; company?: string | null }>(postings)
        .filter(({ id }) => wanted.has(id))
        .map(({ title, company = null }) => ({ title, company, unseen: postings.includes('first-looks') }));
    });
}

function inside(folder: string): string[] {
  return readdirSync(`${FIXTURES}${folder}`).map(name => `${folder}/${name}`);
}

function lines<T>(file: string): T[] {
  const rows = readFileSync(file, 'utf8').split('\n');
  return rows.filter(Boolean).map(row => JSON.parse(row) as T);
}

const isKept = (listed: Listed): boolean => triageTitle(listed).keep;
const share = <T>(of: readonly T[], which: (one: T) => boolean): number => of.filter(which).length / of.length;
const percent = (part: number): string => `${(100 * part).toFixed(1)} %`;
const firstHalf = ({ title }: Labelled): boolean => (createHash('sha256').update(title).digest()[0] as number) % 2 === 0;

/** A title without what boards add to it: brackets, shifts, grades. */
function nameOf(title: string): string {
  const plain = title.toLowerCase().replace(/\([^)]*\)|[|].*$/g, ' ');
  return plain
    .replace(/\b(?:ft|pt|prn|full|part|time|days?|nights?|per|diem|evenings?|weekends?|shift|i{1,3}|iv)\b|[^a-z]+/g, ' ')
    .replace(/ +/g, ' ')
    .trim();
}

/** The least share of a hospital's titles that holds LEAST of the labelled ones: names are given up from the one that saves the most on. */
function cheapest(hospital: readonly string[], wanted: readonly Labelled[]): number {
  const boards = Map.groupBy(hospital, nameOf);
  const names = [...Map.groupBy(wanted, ({ title }) => nameOf(title))].map(([name, of]) => ({
    of: of.length,
    cost: boards.get(name)?.length ?? 0,
  }));
  let cost = names.reduce((sum, name) => sum + name.cost, 0);
  let spare = Math.floor((1 - LEAST) * wanted.length);
  for (const name of names.toSorted((a, b) => b.cost / b.of - a.cost / a.of)) {
    if (name.of > spare) continue;
    spare -= name.of;
    cost -= name.cost;
  }
  return cost / hospital.length;
}

const { listed, titles, from } = hospitalTitles();
const wanted = labelled();
const read = (of: readonly Listed[]) => share(of, ({ title }) => isKept({ title, company: null }));
const recall = (of: readonly Listed[]) => share(of, isKept);
const all = recall(wanted);
const real = realTitles();
const parts = [
  `halves ${recall(wanted.filter(firstHalf)).toFixed(3)} and ${recall(wanted.filter(one => !firstHalf(one))).toFixed(3)}`,
  `of sets nothing was fitted to ${recall(wanted.filter(({ unseen }) => unseen)).toFixed(3)}`,
];
if (real.length > 0) parts.push(`of ${real.length} real titles of employers kept back ${recall(real).toFixed(3)}`);
const limits = [
  `of employers kept back ${percent(read(listed.filter(({ company }) => isKeptBack(company))))}`,
  `by titles alone none that keeps ${LEAST} of the labelled ones can do with less than ${percent(cheapest(titles, wanted))}`,
];
const rows: Row[] = [
  {
    what: 'pages read of a hospital, by title',
    ours: percent(read(listed)),
    beside: `${from}; ${limits.join('; ')}`,
    goal: `at most ${percent(MOST)}`,
    met: read(listed) <= MOST,
  },
  {
    what: `${wanted.length} non-clinical titles kept`,
    ours: all.toFixed(3),
    beside: parts.join('; '),
    goal: `at least ${LEAST}`,
    met: all >= LEAST,
  },
];
printRows(rows, values.rows);

/** Real titles that their readers were sure are non-clinical, of employers that nothing was learned from. */
function realTitles(): Listed[] {
  if (!existsSync(SHARED)) return [];
  const { kept } = readListed(SHARED, FIXTURES);
  return kept
    .filter(({ relevance, sure }) => relevance === 'nonclinical' && sure)
    .map(({ input }) => ({ title: input.title, company: null }));
}
