import { describe, expect, it } from 'vitest';
import { defaultRules, loadRules } from '../../src/classify/compile/compile.ts';
import { CLASSIFIER_VERSION, codeNumberOf } from '../../src/classify/version.ts';
import { type Answers, answersKept, answersNow, complaint, mayRenew } from './gold-answers.ts';

it('the answers about the gold set are those kept for these rules and this CLASSIFIER_VERSION', async () => {
  expect(complaint(answersKept(), await answersNow())).toBeNull();
});

describe('answers that are not those kept', () => {
  const kept: Answers = { classifier: 3, rules: 'aaaa', postings: { 'g-1': 'r p v f t', 'g-2': 'r p v f t' } };
  const moved = { 'g-1': 'r p V F t', 'g-2': 'r p v f t', 'g-3': 'r p v f t' };

  it('under the same rules and number ask for a higher number, and are not renewed without it', () => {
    const now = { ...kept, postings: moved };
    expect(complaint(kept, now)).toMatch(
      /2 gold postings under the same rules and CLASSIFIER_VERSION 3.*Raise the number in src\/classify\/version\.ts/,
    );
    expect(complaint(kept, now)).toContain('Moved: g-1 (verdicts, facets), g-3 (new).');
    expect(mayRenew(kept, now)).toBe(false);
  });

  it('under other rules or a higher number ask to be renewed, and for no higher number', () => {
    for (const now of [
      { ...kept, rules: 'bbbb', postings: moved },
      { ...kept, classifier: 4, postings: moved },
    ]) {
      expect(complaint(kept, now)).toContain('run `npm run renew:gold`');
      expect(complaint(kept, now)).not.toContain('Raise');
      expect(mayRenew(kept, now)).toBe(true);
    }
  });

  it('are kept for exactly one state: an edited rule asks for renewal though no gold posting moved', () => {
    expect(complaint(kept, { ...kept, rules: 'bbbb' })).toContain('Moved: none');
  });

  it('never let the number go back', () => {
    const now = { ...kept, classifier: 2, rules: 'bbbb' };
    expect(complaint(kept, now)).toContain('it may only rise');
    expect(mayRenew(kept, now)).toBe(false);
  });
});

it('the version that stamps a posting is the number of the code and the hash of the rules', () => {
  expect(defaultRules().version).toBe(`${CLASSIFIER_VERSION}-${loadRules().hash}`);
  expect(codeNumberOf(defaultRules().version)).toBe(CLASSIFIER_VERSION);
  expect(codeNumberOf('29fcd7de5e567fa8')).toBe(0);
});
