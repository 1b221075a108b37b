import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RawPosting } from '../../src/crawlers/adapter.ts';
import type { Seen } from '../../src/crawlers/visit/visit-board.ts';
import { prepare } from '../../src/pipeline/prepare.ts';
import { sourcesQuality, wordsNotUnderstood } from '../../src/store/visit/quality.ts';
import { savePostings } from '../../src/store/visit/save-postings.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { insertPostings } from '../support/postings.ts';
import { runOmbre } from './ombre-process.ts';

const NOW = new Date('2026-11-20T00:00:00Z');
let database: TestDatabase;
let home: string;
beforeEach(async () => {
  database = await testDatabase();
  home = await mkdtemp(join(tmpdir(), 'ombre-quality-'));
  await sql`insert into sources (slug, name, system, target) values
    ('acme', 'Acme', 'lever', '{}'), ('brightstep', 'Brightstep', 'icims', '{}'), ('quiet', 'Quiet', 'ashby', '{}')`.execute(database.db);
});
afterEach(async () => {
  await rm(home, { recursive: true });
  await database.drop();
});

/** Stores what a visit reads of one posting, whose body and key stay the same. */
async function store(slug: string, key: string, told: Partial<RawPosting>, as: Seen['as'] = 'read') {
  const raw = { key, title: 'Reviewer', url: `https://jobs.acme.example/${key}`, places: [], body: [{ text: 'You review.' }], ...told };
  const seen: Seen = { raw, fetchedAt: NOW.toISOString(), listHash: key, as, triage: { keep: true, reason: '', version: '' } };
  const { id } = await database.db.selectFrom('sources').select('id').where('slug', '=', slug).executeTakeFirstOrThrow();
  await savePostings(database.db, { sourceId: id, now: NOW }, [prepare(seen, { slug, company: slug, system: 'lever' })]);
}

const quality = (...args: string[]) => runOmbre(['sources', 'quality', ...args], { DATABASE_URL: database.url, OMBRE_HOME: home });

async function fill() {
  await store('acme', '1', { pay: 'Band 7', employment: ['Full-time'], places: [{ raw: 'Austin, TX' }] });
  for (const key of ['2', '3'])
    await store('brightstep', key, { places: [{ raw: 'Building 7' }, { raw: 'Remote' }], employment: ['Vollzeit'] });
  await store('brightstep', '4', { places: [{ raw: 'Kovalam Site' }], posted: { value: '2026-13-45', from: 'date' } });
  await store('brightstep', '5', { places: [{ raw: 'Building 9' }] });
  await sql`update postings set closed_at = now(), closed_reason = 'not_listed' where key = '5'`.execute(database.db);
}

describe('ombre sources quality', () => {
  test('counts by source what open postings told that was not understood, the worst first', async () => {
    await fill();
    await insertPostings(database.db, [{ id: 'before', source: 'acme' }]);
    const { code, out } = await quality('--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual([
      {
        slug: 'brightstep',
        system: 'icims',
        open: 3,
        judged: 3,
        postings: 3,
        not_understood: { place: 3, pay: 0, posted: 1, closes: 0, employment: 2 },
      },
      {
        slug: 'acme',
        system: 'lever',
        open: 2,
        judged: 1,
        postings: 1,
        not_understood: { place: 0, pay: 1, posted: 0, closes: 0, employment: 0 },
      },
      {
        slug: 'quiet',
        system: 'ashby',
        open: 0,
        judged: 0,
        postings: 0,
        not_understood: { place: 0, pay: 0, posted: 0, closes: 0, employment: 0 },
      },
    ]);
    const people = await quality();
    expect(people.out.split('\n')[2]).toMatch(/^brightstep +icims +3 +3 +0 +1 +0 +2 +100 %$/);
    expect(people.out).toContain('1 open postings were stored before this was noted');
  });

  test('shows the words of one source and in how many postings they stand, the most frequent first', async () => {
    await fill();
    const { out } = await quality('brightstep', '--json');
    expect(JSON.parse(out)).toMatchObject({
      slug: 'brightstep',
      words: {
        place: [
          { words: 'Building 7', times: 2 },
          { words: 'Kovalam Site', times: 1 },
        ],
        pay: [],
        posted: [{ words: '2026-13-45', times: 1 }],
        closes: [],
        employment: [{ words: 'Vollzeit', times: 2 }],
      },
    });
    const people = await quality('brightstep');
    expect(people.out).toContain('3 of 3 open postings tell something that was not understood: place 3, posted 1, employment 2');
    expect(people.out).toMatch(/^place +2 +Building 7$/m);
    expect((await quality('quiet')).out).toBe('quiet (ashby): 0 of 0 open postings tell something that was not understood\n');
  });

  test('of a slug that nobody has is a mistake that names those it may be', async () => {
    expect(await quality('brightste')).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringMatching(/source is "brightste"; allowed: .*brightstep/),
    });
  });
});

describe('what is stored of it', () => {
  const stored = () => wordsNotUnderstood(database.db, 'acme');

  test('is renewed by the next reading, also where nothing else of the posting is news, and kept when only the list is read', async () => {
    await store('acme', '1', { pay: 'Band 7' });
    expect(await stored()).toEqual([{ field: 'pay', words: 'Band 7', times: 1 }]);
    await store('acme', '1', { pay: 'Band 8' });
    expect(await stored()).toEqual([{ field: 'pay', words: 'Band 8', times: 1 }]);
    await store('acme', '1', {}, 'stub');
    expect(await stored()).toEqual([{ field: 'pay', words: 'Band 8', times: 1 }]);
    await store('acme', '1', { pay: '$60 an hour' });
    expect(await stored()).toEqual([]);
    expect((await sourcesQuality(database.db)).find(({ slug }) => slug === 'acme')).toMatchObject({ open: 1, judged: 1, postings: 0 });
  });

  test('is at most five words of a field', async () => {
    for (const nth of [1, 2, 3, 4, 5, 6, 7]) await store('acme', String(nth), { pay: `Band ${nth}` });
    await store('acme', '8', { pay: 'Band 7' });
    const words = await stored();
    expect(words.map(one => one.words)).toEqual(['Band 7', 'Band 1', 'Band 2', 'Band 3', 'Band 4']);
    expect(words[0]?.times).toBe(2);
  });
});
