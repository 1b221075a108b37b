import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Kysely, sql } from 'kysely';
import type { RawPosting } from '../src/crawlers/adapter.ts';
import { type Prepared, prepare, type SourceFacts } from '../src/pipeline/prepare.ts';
import { bodyOf, toText } from '../src/posting/html.ts';
import { listHash } from '../src/posting/identity.ts';
import type { Database } from '../src/store/schema.ts';
import { linkDuplicates } from '../src/store/visit/duplicates.ts';
import { savePostings } from '../src/store/visit/save-postings.ts';
import { copyBack, empty, setAside } from './_copying.ts';
import { median, printRows, type Row } from './_rows.ts';
import { putHospitals, withParts } from './hospital.ts';

// What storing a board costs: the rows of a first visit stored as a visit stores them, beside the very same rows copied within Postgres (every
// index, the search vector ready); finding their duplicates; and what is done to a posting before it is stored, in parts. Takes turns.
// node bench/ingest.ts [--postings 10000] [--rounds 3] [--quick] [--rows]

const { values } = parseArgs({
  options: {
    postings: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '3' },
    quick: { type: 'boolean', default: false },
    rows: { type: 'boolean', default: false },
  },
});
const COUNT = values.quick ? 2_000 : Number(values.postings);
const ROUNDS = Number(values.rounds);
/** As many as a visit stores at once. */
const BATCH = 40;
const BODY = 2_400;
const SETS = ['../shared/postings/dev.jsonl', 'test/fixtures/gold/postings.jsonl'];
const NOW = new Date();

type Sample = { title: string; lines: string[] };

function samples(): Sample[] {
  const file = SETS.map(path => new URL(`../${path}`, import.meta.url)).find(url => existsSync(url));
  if (!file) throw new Error('no postings to measure with');
  const rows = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return rows.map(row => {
    const { title, description } = JSON.parse(row) as { title: string; description: string };
    return { title, lines: toText(description).split('\n').filter(Boolean) };
  });
}

/** Html as the editors of boards write it: nested divs, styles, spans, lists. */
function htmlOf(lines: readonly string[]): string {
  const escaped = (line: string) => line.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const blocks = lines.map(line =>
    line.startsWith('- ')
      ? `<ul class="ul1"><li><span style="font-size:11pt">${escaped(line.slice(2))}</span></li></ul>`
      : `<div><p style="margin:0"><b></b><span style="font-family:Arial">${escaped(line)}</span>&nbsp;</p></div>`,
  );
  return `<div class="job-description"><div>${blocks.join('\n')}</div></div>`;
}

/** A posting of its own text of about BODY characters: the lines of a sample, and of the next ones until it is long enough. `alike` have one title. */
function posting(all: readonly Sample[], n: number, alike: number): RawPosting {
  const lines = [`Opening ${n} of this board.`];
  let length = 0;
  for (let at = n; length < BODY; at++) {
    for (const line of all[at % all.length]!.lines) {
      if (length >= BODY) break;
      lines.push(line.slice(0, BODY - length));
      length += line.length + 1;
    }
  }
  const group = Math.floor(n / alike);
  return {
    key: `k${n}`,
    title: `${all[group % all.length]!.title}, Team ${group}`,
    url: `https://jobs.acme.example/openings/${n}`,
    places: [{ raw: 'Austin, TX' }],
    posted: { value: new Date(NOW.getTime() - (n % 30) * 86_400_000).toISOString(), from: 'postedOn' },
    body: [{ html: htmlOf(lines) }],
  };
}

const FACTS: SourceFacts = { slug: 'acme0', company: 'Acme Health', system: 'workday' };
const seenOf = (raw: RawPosting) => ({
  raw,
  fetchedAt: NOW.toISOString(),
  listHash: listHash(raw),
  as: 'read' as const,
  triage: { keep: true, reason: 'bench', version: 'bench' },
});

/** Microseconds of this thread's own time for each of the postings. */
function cost<T>(postings: readonly T[], work: (posting: T) => void): number {
  const spent = () => process.threadCpuUsage().user + process.threadCpuUsage().system;
  const began = spent();
  for (const one of postings) work(one);
  return (spent() - began) / postings.length;
}

/** Whole, cleaning the body, and all but classifying, in turns over parts of the board. */
function preparing(raws: readonly RawPosting[]): { whole: number; html: number; unread: number } {
  const taken: Record<'whole' | 'html' | 'unread', number[]> = { whole: [], html: [], unread: [] };
  for (let from = 0; from < Math.min(raws.length, 2_000); from += 200) {
    const part = raws.slice(from, from + 200).map(seenOf);
    taken.html.push(cost(part, ({ raw }) => void bodyOf(raw.body ?? [])));
    taken.unread.push(cost(part, seen => void prepare({ ...seen, as: 'dropped' }, FACTS)));
    taken.whole.push(cost(part, seen => void prepare(seen, FACTS)));
  }
  return { whole: median(taken.whole), html: median(taken.html), unread: median(taken.unread) };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

async function saveAll(db: Kysely<Database>, sourceId: number, board: readonly Prepared[]): Promise<void> {
  for (let from = 0; from < board.length; from += BATCH) await savePostings(db, { sourceId, now: NOW }, board.slice(from, from + BATCH));
}

type Stored = { save: number[]; copy: number[]; again: number[]; link: number[]; linkAlike: number[]; inserts: number };

async function storing(db: Kysely<Database>, sourceId: number, boards: Record<'distinct' | 'alike', Prepared[]>): Promise<Stored> {
  const taken: Stored = { save: [], copy: [], again: [], link: [], linkAlike: [], inserts: 0 };
  const link = () => linkDuplicates(db, { sourceId, since: NOW, closing: [] }, () => 'ats');
  // The first time warms both sides, and is not counted.
  await saveAll(db, sourceId, boards.distinct.slice(0, 400));
  await empty(db);
  await saveAll(db, sourceId, boards.distinct);
  await setAside(db);
  for (let round = 0; round < ROUNDS; round++) {
    await empty(db);
    taken.copy.push(await timed(() => copyBack(db)));
    await empty(db);
    taken.save.push(await timed(() => saveAll(db, sourceId, boards.distinct)));
    taken.again.push(await timed(() => saveAll(db, sourceId, boards.distinct)));
    await sql`analyze`.execute(db);
    taken.link.push(await timed(link));
    await empty(db);
    await saveAll(db, sourceId, boards.alike);
    await sql`analyze`.execute(db);
    taken.linkAlike.push(await timed(link));
    process.stderr.write(`round ${round + 1} of ${ROUNDS}\n`);
  }
  return taken;
}

const all = samples();
const raws = Array.from({ length: COUNT }, (_, n) => posting(all, n, 1));
const part = preparing(raws);
const boards = {
  distinct: raws.map(raw => prepare(seenOf(raw), FACTS)),
  alike: Array.from({ length: COUNT }, (_, n) => prepare(seenOf(posting(all, n, 20)), FACTS)),
};
const shown = (board: Prepared[]) => board.filter(({ classification }) => classification?.relevance === 'nonclinical').length;
await withParts({}, async ({ db }) => {
  const [source] = await putHospitals({ db } as never, ['acme0']);
  const taken = await storing(db, source!.id, boards);
  const rate = (ms: number[]) => Math.round((COUNT * 1000) / median(ms));
  const ratio = median(taken.copy.map((ms, round) => ms / taken.save[round]!));
  const each = (ms: number[]) => (median(ms) / COUNT).toFixed(2);
  const rows: Row[] = [
    {
      what: `${COUNT} postings stored, in batches of ${BATCH}`,
      ours: `${rate(taken.save)}/s`,
      beside: `the same rows copied within Postgres: ${rate(taken.copy)}/s, ${ratio.toFixed(2)} of that`,
      goal: 'at least 0.3',
      met: ratio >= 0.3,
    },
    { what: 'stored again, nothing new', ours: `${rate(taken.again)}/s`, beside: '', goal: '', met: null },
    {
      what: 'duplicates linked, titles distinct',
      ours: `${each(taken.link)} ms a posting`,
      beside: `storing it: ${each(taken.save)} ms; ${shown(boards.distinct)} of ${COUNT} are shown`,
      goal: '',
      met: null,
    },
    {
      what: 'duplicates linked, 20 of each title',
      ours: `${each(taken.linkAlike)} ms a posting`,
      beside: `${shown(boards.alike)} of ${COUNT} are shown`,
      goal: '',
      met: null,
    },
    {
      what: `a posting of ${BODY} characters prepared`,
      ours: `${(part.whole / 1000).toFixed(2)} ms`,
      beside: `html ${(part.html / 1000).toFixed(2)}, classify ${((part.whole - part.unread) / 1000).toFixed(2)}, the rest ${((part.unread - part.html) / 1000).toFixed(2)} ms`,
      goal: 'at most 1.5 ms',
      met: part.whole <= 1500,
    },
  ];
  printRows(rows, values.rows);
});
