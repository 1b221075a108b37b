import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runOmbre } from './ombre-process.ts';

const TEXT = 'You decide on requests for outpatient therapy.\n\nRequirements\n- OT or PT license\n- Two years of practice';
const WHOLE = {
  relevance: 'nonclinical',
  paths: ['utilization-review'],
  role: 'utilization-reviewer',
  verdicts: { OT: 'named', OTA: 'barred', PT: 'named', PTA: 'barred', SLP: 'barred' },
  work_mode: null,
  min_years: 2,
  pay: null,
  employment_type: [],
  caseload: false,
  certifications: [],
};
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ombre-eval-'));
  await write('a.jsonl', { id: 'a', title: 'Utilization Review Specialist', description: TEXT, origin: 'ours' });
  await write('a-labels.jsonl', { id: 'a', sure: 'high', ...WHOLE });
  await write('b.jsonl', { id: 'b', title: 'Night Guard', description: 'You walk around the house.' }, { id: 'c', title: 'No label' });
  await write('b-labels.jsonl', { id: 'b', sure: 'low', relevance: 'clinical', partial: true });
  await write('bad-labels.jsonl', { id: 'b', ...WHOLE, pay: 'much' });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const write = (file: string, ...rows: unknown[]) => writeFile(join(folder, file), rows.map(row => `${JSON.stringify(row)}\n`).join(''));

const evaluated = (...args: string[]) => runOmbre(['eval', ...args], {}, { cwd: folder });
const A = ['--postings', 'a.jsonl', '--labels', 'a-labels.jsonl'];
const B = ['--postings', 'b.jsonl', '--labels', 'b-labels.jsonl'];

test('several files are measured as one set, and told by origin and sureness', async () => {
  const { code, out } = await evaluated(...A, ...B, '--json');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    n: 2,
    relevance: { precision: 1, recall: 1, accuracy: 0.5 },
    takes_me: { precision: 1, recall: 1 },
    certifications: { precision: 1, recall: 1, f1: 1 },
    title_blind: { recall: expect.any(Number) },
    mutations: { held: expect.any(Number), of: expect.any(Number) },
    per_origin: {
      ours: { n: 1, title_blind: { precision: expect.any(Number) }, mutations: { of: expect.any(Number) } },
      unknown: { n: 1 },
    },
    per_sure: { high: { n: 1 }, low: { n: 1 } },
    wrong: [{ id: 'b', what: 'relevance', expected: 'clinical', got: 'other' }],
  });
});

test('only the labels somebody was sure of are measured when that is asked for', async () => {
  expect(JSON.parse((await evaluated(...A, ...B, '--sure', 'high', '--json')).out)).toMatchObject({ n: 1, wrong: [] });
  const none = await evaluated(...A, '--sure', 'low');
  expect([none.code, none.err]).toEqual([2, expect.stringContaining('a-labels.jsonl labels no posting of a.jsonl with sure: low')]);
});

test('changed wordings are counted, told one by one, or left out', async () => {
  expect(Object.keys(JSON.parse((await evaluated(...A, '--json')).out).mutations)).toEqual(['held', 'of']);
  const { mutations } = JSON.parse((await evaluated(...A, '--mutations', '--json')).out);
  expect(mutations.per['white space']).toEqual({ held: 1, of: 1 });
  expect(mutations.of - mutations.held).toBe(new Set(mutations.broken.map((one: { mutation: string }) => one.mutation)).size);
  expect(JSON.parse((await evaluated(...A, '--no-mutations', '--json')).out)).not.toHaveProperty('mutations');
});

test('a person reads the same as tables', async () => {
  const { out } = await evaluated(...A, ...B, '--mutations');
  expect(out).toMatch(/^2 postings, rules /);
  for (const part of [
    'takes me P',
    'sure: low',
    'origin: ours',
    'every title "Associate"',
    'confidence said',
    'changed wordings',
    'Night Guard',
  ]) {
    expect(out).toContain(part);
  }
});

test('a mistake names file, line, field and what is allowed', async () => {
  const bad = await evaluated('--postings', 'b.jsonl', '--labels', 'bad-labels.jsonl');
  expect([bad.code, bad.err]).toEqual([2, expect.stringContaining('bad-labels.jsonl line 1: pay is "much"')]);
  const twice = await evaluated(...A, '--labels', 'a-labels.jsonl');
  expect([twice.code, twice.err]).toEqual([2, expect.stringContaining('a-labels.jsonl: id is "a"; allowed: one label for each posting')]);
  expect((await evaluated(...A, '--sure', 'perhaps')).code).toBe(2);
});
