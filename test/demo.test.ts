import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../src/config.ts';
import { createEngine } from '../src/crawlers/engine/engine.ts';
import { MemoryHostLimiter } from '../src/crawlers/engine/memory-hosts.ts';
import { MemoryRobots } from '../src/crawlers/engine/memory-robots.ts';
import { type ReplayBoard, readReplay, replayTransport } from '../src/crawlers/engine/replay.ts';
import { loadSystems } from '../src/crawlers/systems.ts';
import { type Listing, readListing } from '../src/crawlers/visit/listing.ts';
import { type Seen, visitBoard } from '../src/crawlers/visit/visit-board.ts';
import type { VisitReport } from '../src/pipeline/visit-source.ts';
import { listHash, postingId } from '../src/posting/identity.ts';
import { PATH_SLUGS } from '../src/posting/taxonomy.ts';

const BOARDS = fileURLToPath(new URL('../demo/boards', import.meta.url));
const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));

/** The second visit: one board each brings a changed, a closed and a new posting, and one shows less than it counts. */
const CHANGED = 'harborline-health';
const CLOSED = { source: 'copperfinch-therapy-staffing', title: 'Clinical Recruiter, Permanent Placement' };
const NEW = { source: 'evenstep-workplace-health', title: 'Ergonomics Program Trainer (OT, PT, COTA or PTA)' };
const TRUNCATED = 'northquay-mutual';

/** Titles nobody looking for a non-clinical job may be shown: hands-on therapy, and work that has nothing to do with therapists. */
const TREATING = [
  'Travel Physical Therapist - Outpatient - 13 Weeks',
  'Travel COTA - Skilled Nursing',
  'Travel Speech-Language Pathologist - Schools',
  'PRN Physical Therapist Assistant (PTA) - Home Health',
  'Occupational Therapist (OTR) - Full-Time',
  'Certified Occupational Therapy Assistant PRN',
  'Speech-Language Pathologist (CF welcome)',
  'Physical Therapist II - Acute Care',
  'Occupational Therapist, Pediatrics Outpatient',
  'Pediatric Speech Therapist, Mobile Clinic',
];
const UNRELATED = [
  'Senior Backend Engineer (Go)',
  'Payroll Specialist (PT)',
  'Front Desk Associate',
  'Embedded Software Engineer',
  'Office Cook',
  'Warehouse Associate',
  'Dietary Aide',
  'Forklift Operator',
  'Registered Nurse, Medical-Surgical, Nights',
  'Cook II',
  'Java Developer, Policy Administration',
  'Claims Examiner I, Auto Physical Damage',
  'Grounds Maintenance Worker',
  'Athletic Department Line Cook',
  'Delivery Technician',
  'Wheelchair Repair Technician',
  'Civil CAD Drafter',
  'Gym Floor Attendant',
];

type Demo = {
  visits: (VisitReport & { visit: number })[];
  postings: { seen: number; nonclinical: number; barred: number; closed: number; duplicates: number; per_path: Record<string, number> };
  feeds: Record<'api' | 'rss' | 'atom' | 'json', string[]>;
};

let boards: ReplayBoard[];
beforeAll(async () => {
  boards = await readReplay(BOARDS);
});

describe('the bundled boards', () => {
  test('every board of the six systems is read whole on the first visit, and all but the truncated one on the second', async () => {
    expect(new Set(boards.map(board => board.source.system))).toEqual(
      new Set(['greenhouse', 'ashby', 'lever', 'smartrecruiters', 'workday', 'jsonld']),
    );
    const systems = await loadSystems();
    const listings: Record<1 | 2, Record<string, Listing>> = { 1: {}, 2: {} };
    for (const visit of [1, 2] as const) {
      await withReplay(visit, async fetcher => {
        for (const { source } of boards) {
          const { signal } = new AbortController();
          listings[visit][source.slug] = await readListing({ ...source, adapter: systems.get(source.system)!, fetcher, signal });
        }
      });
    }
    const counts = (visit: 1 | 2) =>
      Object.fromEntries(Object.entries(listings[visit]).map(([slug, { postings }]) => [slug, postings.size]));
    const first = counts(1);
    expect(first).toEqual(Object.fromEntries(boards.map(({ source, expect: said }) => [source.slug, said?.postings])));
    expect(counts(2)).toEqual({
      ...first,
      [CLOSED.source]: first[CLOSED.source]! - 1,
      [NEW.source]: first[NEW.source]! + 1,
      [TRUNCATED]: 4,
    });
  });

  test('every posting has a body, a place and a date', async () => {
    const seen = await everyPosting(1);
    expect(seen.length).toBeGreaterThanOrEqual(100);
    for (const { raw } of seen) {
      const body = (raw.body ?? []).map(part => part.html ?? part.text).join(' ');
      expect(body.replace(/<[^>]+>/g, ' ').split(/\s+/).length, raw.title).toBeGreaterThanOrEqual(80);
      expect(raw.places.length, raw.title).toBeGreaterThan(0);
      expect(raw.posted, raw.title).toBeTruthy();
    }
  });
});

describe('ombre demo --once --json', () => {
  let out: string;
  let code: number | null;
  let demo: Demo;
  beforeAll(async () => {
    // A folder of its own: the demo brings its own Postgres up there, whatever runs in the checkout.
    const home = await mkdtemp(join(tmpdir(), 'ombre-demo-'));
    try {
      const child = spawn(process.execPath, [MAIN, 'demo', '--once', '--json'], {
        env: { ...process.env, OMBRE_HOME: home },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const [stdout, stderr, [exit]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
      out = stdout;
      code = exit as number | null;
      if (code !== 0) throw new Error(`exit ${code}\n${stderr}`);
      demo = JSON.parse(out) as Demo;
    } finally {
      await rm(home, { recursive: true });
    }
  });

  test('exits with 0 and writes one JSON document on stdout', () => {
    expect(code).toBe(0);
    expect(Object.keys(JSON.parse(out) as object)).toEqual(expect.arrayContaining(['visits', 'postings', 'feeds']));
  });

  test('visits every board twice, each visit with the outcome its recording asks for', () => {
    const slugs = boards.map(board => board.source.slug);
    for (const round of [1, 2]) {
      const visits = demo.visits.filter(visit => visit.visit === round);
      expect(visits.map(visit => visit.source)).toEqual(slugs);
      for (const visit of visits)
        expect(visit.outcome, visit.source).toBe(round === 2 && visit.source === TRUNCATED ? 'partial' : 'complete');
      for (const visit of visits) expect(visit.details.failed, visit.source).toBe(0);
    }
  });

  test('finds one changed, one new and one closed posting on the second visit, and nothing closed by the truncated board', () => {
    const second = demo.visits.filter(visit => visit.visit === 2);
    const having = (count: 'changed' | 'new' | 'closed') =>
      second.filter(visit => visit.postings[count] > 0).map(visit => [visit.source, visit.postings[count]]);
    expect(having('changed')).toEqual([[CHANGED, 1]]);
    expect(having('new')).toEqual([[NEW.source, 1]]);
    expect(having('closed')).toEqual([[CLOSED.source, 1]]);
    expect(demo.postings.closed).toBe(1);
    const first = demo.visits.filter(visit => visit.visit === 1);
    expect(first.every(({ postings }) => postings.new === postings.listed && postings.closed === 0)).toBe(true);
    expect(demo.postings.seen).toBe(first.reduce((sum, visit) => sum + visit.postings.listed, 0) + 1);
    expect(demo.postings.duplicates).toBe(0);
  });

  test('shows the same 60 and more postings in the same order on every surface, and at least two of every path', () => {
    const { api, ...others } = demo.feeds;
    expect(api.length).toBeGreaterThanOrEqual(60);
    expect(api.length).toBe(demo.postings.nonclinical);
    expect(new Set(api).size).toBe(api.length);
    // Nurses' reviews, assessments and case management: of a path, and nobody's here.
    expect(demo.postings.barred).toBe(4);
    for (const [surface, ids] of Object.entries(others)) expect(ids, surface).toEqual(api);
    for (const path of PATH_SLUGS) expect(demo.postings.per_path[path], path).toBeGreaterThanOrEqual(2);
  });

  test('shows no hands-on therapy, no unrelated work and not what was closed, but what is new and what the truncated board left out', async () => {
    const found = [...(await everyPosting(1)), ...(await everyPosting(2))];
    const titles = new Map(found.map(({ source, raw }) => [postingId(source, raw.key), { source, title: raw.title }]));
    const shown = demo.feeds.api.map(id => titles.get(id)?.title);
    expect(shown).not.toContain(undefined);
    const all = new Set([...titles.values()].map(({ title }) => title));
    for (const title of [...TREATING, ...UNRELATED, CLOSED.title]) {
      expect(all).toContain(title);
      expect(shown).not.toContain(title);
    }
    expect(shown).toContain(NEW.title);
    const truncated = demo.feeds.api.filter(id => titles.get(id)?.source === TRUNCATED);
    expect(truncated.length).toBeGreaterThan(4);
  });
});

async function withReplay<T>(visit: number, use: (fetcher: ReturnType<typeof createEngine>) => Promise<T>): Promise<T> {
  const fetcher = createEngine({
    config: readConfig({}),
    robots: new MemoryRobots(),
    hosts: new MemoryHostLimiter(),
    transport: replayTransport(BOARDS, { visit: () => visit }),
    spacingMs: 0,
  });
  try {
    return await use(fetcher);
  } finally {
    await fetcher.close();
  }
}

/** Every posting of every board with its detail, read without a database. */
async function everyPosting(visit: number): Promise<(Seen & { source: string })[]> {
  const systems = await loadSystems();
  const found: (Seen & { source: string })[] = [];
  await withReplay(visit, async fetcher => {
    for (const { source } of boards) {
      const ports = {
        known: new Map(),
        validators: null,
        listHash,
        triage: () => ({ keep: true, reason: 'all of them', version: '' }),
        save: async (batch: Seen[]) => void found.push(...batch.map(seen => ({ ...seen, source: source.slug }))),
        touch: async () => undefined,
      };
      const { signal } = new AbortController();
      await visitBoard({ ...source, adapter: systems.get(source.system)!, fetcher, signal }, ports);
    }
  });
  return found;
}
