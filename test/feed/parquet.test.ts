import { parquetReadObjects } from 'hyparquet';
import { expect, test } from 'vitest';
import { GROUP, writeParquet } from '../../src/feed/parquet.ts';
import type { FeedPosting } from '../../src/store/feed/postings.ts';

const SITE = { origin: 'https://ombre.example', domain: 'ombre.example' };
const SEEN = new Date('2026-11-02T06:14:09.120Z');

/** A posting with the least that is stated. */
function bare(id: string, text: string | null = null): FeedPosting {
  const none = { company: null, department: null, work_mode: null, pay: null, posted_at: null, posted_precision: null, posted_from: null };
  const open = {
    closes_at: null,
    closed_at: null,
    closed_reason: null,
    relevance: null,
    confidence: null,
    verdicts: null,
    apply_url: null,
  };
  const lists = { places: [], states: [], employment_types: [], paths: [], roles: [], facets: {} };
  return {
    ...none,
    ...open,
    ...lists,
    id,
    source: 'birch',
    url: 'https://jobs.example/1',
    title: id,
    first_seen: SEEN,
    updated_at: SEEN,
    html: null,
    text,
  };
}

test('a row group is handed on before more is read than its thousand postings', async () => {
  let read = 0;
  async function* batches() {
    for (let n = 0; n < 20; n += 1) {
      read += 200;
      yield Array.from({ length: 200 }, (_, i) => bare(`p${n * 200 + i}`));
    }
  }
  const pieces = writeParquet(batches(), SITE);
  await pieces.next();
  expect(read).toBe(GROUP.rows);
  await pieces.return(undefined);
});

test('a row group ends early where texts are long, and goes out in pieces a slow reader can take', async () => {
  let read = 0;
  // Noise, which no packing makes small.
  const noise = (n: number) =>
    Array.from({ length: GROUP.characters / 8 }, (_, i) => String.fromCharCode(33 + ((i * i * (n + 3)) % 94))).join('');
  async function* batches() {
    for (let n = 0; n < 24; n += 1) {
      read += 1;
      yield [bare(`p${n}`, noise(n))];
    }
  }
  const pieces = writeParquet(batches(), SITE);
  const first = await pieces.next();
  expect(read).toBe(8);
  expect((first.value as Uint8Array).length).toBeLessThanOrEqual(64 * 1024);
  await pieces.return(undefined);
});

test('what is not stated is null, and halves of characters do not break the file', async () => {
  async function* batches() {
    yield [bare('a'), { ...bare('b', 'ünï © 🩺'), title: 'half \ud83d' }];
  }
  const chunks: Uint8Array[] = [];
  for await (const piece of writeParquet(batches(), SITE)) chunks.push(piece);
  const file = new Uint8Array(Buffer.concat(chunks)).buffer;
  const [a, b] = (await parquetReadObjects({ file })) as Record<string, unknown>[];
  expect(a).toMatchObject({ id: 'a', company: null, pay: null, places: [], verdicts: null, closes_at: null, confidence: null, text: null });
  expect([b?.title, b?.text]).toEqual(['half \ufffd', 'ünï © 🩺']);
});
