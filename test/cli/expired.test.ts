import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Source } from '../../src/store/visit/sources.ts';
import { jobSite, type SitePosting } from '../support/job-site.ts';
import { type Visiting, visiting } from '../support/visits.ts';

let lab: Visiting;
beforeAll(async () => {
  lab = await visiting();
});
afterAll(() => lab.close());

let serial = 0;
const site = () => lab.source(`fern-${++serial}`, 'jsonld', { sitemap: `https://fern${serial}.example/sitemap.xml` });
const START = Date.parse('2026-11-01T12:00:00Z');
const day = (days: number) => new Date(START + days * 86_400_000).toISOString().slice(0, 10);
const onDay = (days: number) => () => new Date(START + days * 86_400_000);
const job = (slug: string, until?: string): SitePosting => ({
  slug: `utilization-review-therapist-${slug}`,
  title: 'Utilization Review Therapist',
  posted: day(-20),
  ...(until && { until }),
});
const rows = (source: Source) =>
  lab.database.db
    .selectFrom('postings')
    .select(['url', 'closed_at', 'closed_reason', 'first_seen', 'reopened_at', 'closes_at'])
    .where('source_id', '=', source.id)
    .orderBy('url')
    .execute();

test('a posting whose own closing date has passed is closed although its page is up, with two days for its end and the zones', async () => {
  const source = await site();
  lab.answers(jobSite(() => [job('a-1', day(3)), job('b-2')]));
  expect(await lab.visit(source, onDay(0))).toMatchObject({ outcome: 'complete', postings: { new: 2, closed: 0 } });
  expect(await lab.visit(source, onDay(4))).toMatchObject({ postings: { closed: 0 } });
  expect(await lab.visit(source, onDay(6))).toMatchObject({ postings: { closed: 1, unchanged: 2 } });
  expect(await rows(source)).toMatchObject([{ closed_reason: 'expired' }, { closed_at: null }]);
  lab.server.requests.length = 0;
  expect(await lab.visit(source, onDay(7))).toMatchObject({ outcome: 'complete', postings: { closed: 0 } });
  expect(await rows(source)).toMatchObject([{ closed_reason: 'expired', reopened_at: null }, { closed_at: null }]);
  // It is not read again at every visit because it is closed.
  expect(lab.server.requests.filter(request => request.includes('/jobs/'))).toEqual([]);
});

test('a posting that had expired before it was first seen is never shown', async () => {
  const source = await site();
  lab.answers(jobSite(() => [job('old-1', day(-10))]));
  await lab.visit(source, onDay(0));
  const [old] = await rows(source);
  expect(old).toMatchObject({ closed_reason: 'expired' });
  expect(old!.closed_at).toEqual(old!.first_seen);
});

test('a month stands for its last day', async () => {
  const source = await site();
  lab.answers(jobSite(() => [job('m-1', '2026-11')]));
  await lab.visit(source, onDay(0));
  expect(await rows(source)).toMatchObject([{ closes_at: new Date('2026-11-30T00:00:00Z') }]);
  expect(await lab.visit(source, onDay(29))).toMatchObject({ postings: { closed: 0 } });
  expect(await lab.visit(source, onDay(32))).toMatchObject({ postings: { closed: 1 } });
});

test('a later date reopens it, also where only its own page tells', async () => {
  const source = await site();
  let until = day(1);
  lab.answers(jobSite(() => [job('c-1', until)]));
  await lab.visit(source, onDay(0));
  await lab.visit(source, onDay(4));
  expect(await rows(source)).toMatchObject([{ closed_reason: 'expired' }]);
  until = day(40);
  await lab.visit(source, onDay(5));
  expect(await rows(source)).toMatchObject([{ closed_reason: 'expired' }]);
  expect(await lab.visit(source, onDay(12))).toMatchObject({ outcome: 'complete', details: { wanted: 1, read: 1 } });
  const [back] = await rows(source);
  expect(back).toMatchObject({ closed_at: null, closed_reason: null, closes_at: new Date(until) });
  expect(back!.reopened_at).toEqual(onDay(12)());
});

test("on an employer's own board the list is the word: a stale date closes nothing there", async () => {
  const source = await lab.source('ashby-acme', 'ashby', { board: 'acme' });
  lab.answers(() => null);
  await lab.visit(source, onDay(0));
  await lab.database.db
    .insertInto('postings')
    .values({
      ...{ id: 'stale', source_id: source.id, key: 'k', url: 'https://x.example/k', title: 'X', content_hash: 'c', list_hash: 'l' },
      ...{ first_seen: onDay(0)(), last_seen: onDay(0)(), updated_at: onDay(0)(), closes_at: onDay(1)() },
    })
    .execute();
  await lab.visit(source, onDay(9));
  expect(await rows(source)).toMatchObject([{ closed_at: null }]);
});

test('a visit that could not read the site closes nothing by date', async () => {
  const source = await site();
  lab.answers(jobSite(() => [job('d-1', day(1))]));
  await lab.visit(source, onDay(0));
  lab.answers(() => ({ status: 500, text: 'later' }));
  expect(await lab.visit(source, onDay(9))).toMatchObject({ outcome: 'failed', postings: { closed: 0 } });
});
