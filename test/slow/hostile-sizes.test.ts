import { describe, expect, test } from 'vitest';
import type { Adapter, PageRequest } from '../../src/crawlers/adapter.ts';
import { loadSystems } from '../../src/crawlers/systems.ts';
import { readPage } from '../../src/crawlers/visit/read-page.ts';
import { normalise } from '../../src/pipeline/normalise.ts';
import { listHash } from '../../src/posting/identity.ts';
import { answer, FETCHED_AT, fixture } from '../crawlers/adapters/_support.ts';
import { PAGES, type PageCase } from '../crawlers/cases.ts';

const systems = await loadSystems();

const LEVELS = 100_000;
/** More than a call takes arguments. */
const MANY = 130_000;
const numbered = (entry: (n: number) => string) => Array.from({ length: MANY }, (_, n) => entry(n)).join(',');

const DEEP: Record<string, string> = {
  'arrays in arrays': '['.repeat(LEVELS) + ']'.repeat(LEVELS),
  'objects in objects': '{"children":['.repeat(LEVELS) + ']}'.repeat(LEVELS),
};
const LONG: Record<string, string> = {
  'as many objects as no call takes': `[${numbered(n => `{"id":${n}}`)}]`,
  'as many texts as no call takes': `[${numbered(n => `"text ${n}"`)}]`,
};
const WHOLE: Record<string, string> = {
  ...DEEP,
  ...LONG,
  'as many fields': `{${numbered(n => `"field${n}":${n}`)}}`,
  'as many elements': `<?xml version="1.0"?><rss><channel>${'<item/>'.repeat(MANY)}</channel></rss>`,
};

type Path = (string | number)[];

/** Every place in a JSON value, of lists the first entry alone. */
function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [];
  const keys = Array.isArray(value) ? [0].slice(0, value.length) : Object.keys(value);
  return keys.flatMap(key => [[...path, key], ...pathsIn((value as Record<string, unknown>)[key], [...path, key])]);
}

/** The JSON text with another JSON text at that place: what is nested so deep cannot be written by JSON.stringify. */
function put(json: string, path: Path, what: string): string {
  const whole = JSON.parse(json);
  const parent = path.slice(0, -1).reduce((here, key) => here[key], whole);
  parent[path.at(-1) as string] = '@here';
  return JSON.stringify(whole).replace('"@here"', () => what);
}

/** The JSON of an answer, and how it becomes the answer again; null when it holds none. */
function jsonIn(body: string): { json: string; around(json: string): string } | null {
  const scripts = [...body.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, script = '']) => script);
  const json = [body, ...scripts].find(isJson);
  return json === undefined ? null : { json, around: changed => body.replace(json, () => changed) };
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}

/** Reads an answer as a visit does, up to what is stored of its first postings. */
function readWhole(adapter: Adapter, target: unknown, request: PageRequest, body: string): void {
  const reading = readPage(adapter, answer(request, body), target);
  for (const raw of reading.postings.slice(0, 5)) {
    listHash(raw, null);
    normalise(raw, { fetchedAt: FETCHED_AT, company: null, system: adapter.system });
  }
}

function requestsOf(adapter: Adapter, row: PageCase): [PageRequest, string][] {
  const list = adapter.start(row.target)[0] as PageRequest;
  return row.detail
    ? [
        [list, row.list],
        [{ kind: 'detail', url: adapter.home(row.target) }, row.detail],
      ]
    : [[list, row.list]];
}

describe.each(PAGES.map(row => [row.system, row] as const))('%s', (system, row) => {
  const adapter = systems.get(system)!;

  test.each(Object.entries(WHOLE))('bears an answer of %s, and takes it for no posting', (_what, body) => {
    for (const [request] of requestsOf(adapter, row)) {
      expect(readPage(adapter, answer(request, body), row.target)).toMatchObject({ postings: [], follow: [] });
    }
  });

  test.each(Object.entries(DEEP))('bears %s wherever they may stand', { timeout: 240_000 }, async (_what, deep) => {
    await bears(() => true, deep);
  });

  test.each(Object.entries(LONG))('bears %s wherever a list stands', { timeout: 240_000 }, async (_what, long) => {
    await bears(Array.isArray, long);
  });

  /** Tries every place of its list and detail whose own value is such a one. */
  async function bears(isTried: (value: unknown) => boolean, huge: string): Promise<void> {
    for (const [request, file] of requestsOf(adapter, row)) {
      const found = jsonIn(await fixture(system, file));
      if (!found) continue;
      const whole = JSON.parse(found.json);
      for (const path of pathsIn(whole)) {
        if (!isTried(path.reduce((here, key) => here[key], whole))) continue;
        const body = found.around(put(found.json, path, huge));
        expect(() => readWhole(adapter, row.target, request, body), path.join('.')).not.toThrow();
      }
    }
  }
});
