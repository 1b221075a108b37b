import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { classify } from '../../../src/classify/classify.ts';
import { readCases } from '../../../src/cli/_cases.ts';
import { measure } from '../../../src/evaluation/measure.ts';
import { MUTATIONS } from '../../../src/evaluation/mutations/index.ts';

const GOLD = fileURLToPath(new URL('../../fixtures/gold/', import.meta.url));

it('answers about the gold set hold under changed wordings, and every change applies somewhere', async () => {
  const cases = await readCases([`${GOLD}postings.jsonl`], [`${GOLD}labels.jsonl`]);
  const { mutations } = measure(cases, input => classify(input), { mutations: true });
  expect(MUTATIONS.map(({ name }) => name).filter(name => !mutations?.per[name]?.of)).toEqual([]);
  expect((mutations?.held ?? 0) / (mutations?.of ?? 1)).toBeGreaterThanOrEqual(0.96);
}, 120_000);
