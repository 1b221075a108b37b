import fc from 'fast-check';
import { expect } from 'vitest';
import type { Adapter, PageReading, PageRequest } from '../../../src/crawlers/adapter.ts';
import type { PageCase } from '../cases.ts';
import { answer, fixture } from './_support.ts';

type Subject = {
  adapter: Adapter;
  target: unknown;
  request: PageRequest;
  body: string;
  keys: string[];
  [fc.toStringMethod]?: () => string;
};

/** Whether a caller would take this page for the whole listing, so that what is missing counts as absent. */
function wouldBeWhole(reading: PageReading): boolean {
  const counted = new Set(reading.postings.map(posting => posting.key)).size + Math.max(0, reading.rows - reading.postings.length);
  const whole = reading.marker === 'board' || reading.marker === 'empty';
  return whole && reading.follow.length === 0 && reading.shortfall === null && (reading.total === null || counted >= reading.total);
}

/** What holds of every reading, whatever was sent. */
function expectSane(reading: PageReading): void {
  expect(['board', 'empty', 'gone', 'challenge', 'unknown']).toContain(reading.marker);
  expect(reading.marker, reading.why).not.toBe('empty');
  expect(reading.why).not.toBe('');
  expect(Number.isInteger(reading.rows) && reading.rows >= 0).toBe(true);
  if (reading.marker !== 'board') expect(reading.postings).toEqual([]);
  for (const posting of reading.postings) {
    expect(posting.key).toMatch(/\S/);
    expect(typeof posting.title).toBe('string');
    expect(posting.url).toMatch(/^https?:\/\//);
    for (const place of posting.places) expect(place.raw).toMatch(/\S/);
    for (const part of posting.body ?? []) expect(typeof (part.html ?? part.text)).toBe('string');
    if (posting.pay && typeof posting.pay === 'object') {
      expect((posting.pay.min ?? 0) <= (posting.pay.max ?? Number.MAX_VALUE)).toBe(true);
    }
  }
  for (const request of reading.follow) expect(URL.canParse(request.url)).toBe(true);
}

/** Reads a page that lost or changed something but invented nothing: what it held must be found or be known to be missing. */
function expectNothingMissed(subject: Subject, reading: PageReading): void {
  expectSane(reading);
  if (subject.request.kind !== 'list' || !wouldBeWhole(reading)) return;
  const found = new Set(reading.postings.map(posting => posting.key));
  expect(
    subject.keys.filter(key => !found.has(key)),
    `${subject.adapter.system} says it is whole: ${reading.why}`,
  ).toEqual([]);
}

/** Every cut of a page (each of its first and last 200 places, and 200 between). */
export function checkTruncations(adapter: Adapter, target: unknown, request: PageRequest, body: string): void {
  const keys = adapter.read(answer(request, body), target).postings.map(posting => posting.key);
  const end = body.trimEnd().length;
  const step = Math.max(1, Math.floor(end / 200));
  const cuts = new Set<number>();
  for (let at = 0; at < end; at += at < 200 || at > end - 200 ? 1 : step) cuts.add(at);
  for (const cut of cuts) {
    const reading = adapter.read(answer(request, body.slice(0, cut)), target);
    expectNothingMissed({ adapter, target, request, body, keys }, reading);
  }
}

/** Runs `count` mutated pages over all systems: cut, fields dropped, types changed, encodings broken, slices lost, pages swapped. */
export async function checkMutations(systems: ReadonlyMap<string, Adapter>, cases: readonly PageCase[], count: number): Promise<void> {
  const subjects: Subject[] = [];
  for (const row of cases) {
    const adapter = systems.get(row.system);
    const list = adapter?.start(row.target)[0];
    if (!adapter || !list) throw new Error(`no adapter reads ${row.system}`);
    const requests: [PageRequest, string][] = [[list, row.list]];
    if (row.detail) requests.push([{ kind: 'detail', url: adapter.home(row.target) }, row.detail]);
    for (const [request, file] of requests) {
      const body = await fixture(row.system, file);
      const keys = adapter.read(answer(request, body), row.target).postings.map(posting => posting.key);
      const name = () => `${row.system} ${request.kind}`;
      subjects.push({ adapter, target: row.target, request, body, keys, [fc.toStringMethod]: name });
    }
  }
  const subject = fc.nat({ max: subjects.length - 1 }).map(index => subjects[index] as Subject);
  const part = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
  const mutation = fc.oneof(
    fc.record({ subject, kind: fc.constant('cut' as const), at: part }),
    fc.record({
      subject,
      kind: fc.constant('structure' as const),
      steps: fc.array(fc.tuple(part, fc.nat({ max: 5 })), { minLength: 1, maxLength: 4 }),
    }),
    fc.record({ subject, kind: fc.constant('slice' as const), at: part, length: fc.integer({ min: 1, max: 400 }) }),
    fc.record({ subject, kind: fc.constant('encoding' as const), how: fc.nat({ max: 3 }), at: part }),
    fc.record({ subject, kind: fc.constant('noise' as const), at: part, noise: fc.string({ unit: 'binary', maxLength: 40 }) }),
    fc.record({ subject, kind: fc.constant('swap' as const), with: subject }),
  );
  fc.assert(
    fc.property(mutation, given => {
      const { subject } = given;
      const { adapter, target, request, body } = subject;
      const readBody = (changed: string) => adapter.read(answer(request, changed), target);
      if (given.kind === 'cut') expectNothingMissed(subject, readBody(body.slice(0, Math.floor(body.trimEnd().length * given.at))));
      else if (given.kind === 'structure') expectNothingMissed(subject, readBody(restructured(body, given.steps)));
      else if (given.kind === 'slice') expectSane(readBody(without(body, given.at, given.length)));
      else if (given.kind === 'encoding') expectSane(readBody(miscoded(body, given.how, given.at)));
      else if (given.kind === 'noise') {
        const at = Math.floor(body.length * given.at);
        expectSane(readBody(body.slice(0, at) + given.noise + body.slice(at)));
      } else expectSane(readBody(given.with.body));
    }),
    { numRuns: count, seed: 20261122 },
  );
}

function without(body: string, at: number, length: number): string {
  const start = Math.floor(body.length * at);
  return body.slice(0, start) + body.slice(start + length);
}

function miscoded(body: string, how: number, at: number): string {
  const bytes = Buffer.from(body, 'utf8');
  if (how === 0) return bytes.toString('latin1');
  if (how === 1) return Buffer.from(body, 'utf16le').toString('utf8');
  if (how === 2) return `\uFEFF${body.replaceAll('"', '“')}`;
  bytes[Math.floor(bytes.length * at)] = 0xff;
  return bytes.toString('utf8');
}

/** JSON with fields dropped or of another type; in other documents whole elements lose their text. Nothing is invented. */
function restructured(body: string, steps: readonly (readonly [number, number])[]): string {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    // Not JSON: an element's text goes missing.
    return steps.reduce((changed, [at]) => {
      const from = Math.floor(changed.length * at);
      return changed.slice(0, from) + changed.slice(from).replace(/>[^<>]+</, '><');
    }, body);
  }
  for (const [at, how] of steps) {
    const spots = spotsIn(json);
    const spot = spots[Math.floor(spots.length * at)];
    if (spot) change(spot.parent, spot.key, how);
  }
  return JSON.stringify(json);
}

type Spot = { parent: Record<string, unknown>; key: string };

function spotsIn(value: unknown, found: Spot[] = []): Spot[] {
  if (typeof value !== 'object' || value === null) return found;
  for (const [key, inner] of Object.entries(value)) {
    found.push({ parent: value as Record<string, unknown>, key });
    spotsIn(inner, found);
  }
  return found;
}

/** Drops a field, or puts a value of another type there. An array never becomes empty nor shorter: that would be another page, not a broken one. */
function change(parent: Record<string, unknown>, key: string, how: number): void {
  const value = parent[key];
  if (how === 0 && !Array.isArray(parent)) delete parent[key];
  else if (how === 1) parent[key] = null;
  else if (how === 2) parent[key] = typeof value === 'number' ? String(value) : { unexpected: value };
  else if (how === 3) parent[key] = Array.isArray(value) ? { items: value } : [value];
  else if (how === 4) parent[key] = Array.isArray(value) ? 'none' : '';
  else parent[key] = typeof value === 'string' ? { value } : null;
}
