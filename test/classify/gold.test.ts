import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { defaultRules } from '../../src/classify/compile/compile.ts';
import { evaluateFiles } from '../../src/cli/eval.ts';

const GOLD = fileURLToPath(new URL('../fixtures/gold/', import.meta.url));
const present = existsSync(`${GOLD}postings.jsonl`);

describe.skipIf(!present)('the gold set', () => {
  it('is classified as its readers say, within the bars, and better than by keywords', async () => {
    const report = await evaluateFiles(`${GOLD}postings.jsonl`, `${GOLD}labels.jsonl`, defaultRules(), ['keyword search']);
    expect(report.n).toBeGreaterThanOrEqual(150);
    expect(report.relevance.precision).toBeGreaterThanOrEqual(0.96);
    expect(report.relevance.recall).toBeGreaterThanOrEqual(0.96);
    expect(report.path.accuracy).toBeGreaterThanOrEqual(0.92);
    expect(report.verdicts.may_apply).toBeGreaterThanOrEqual(0.96);
    expect(report.verdicts.exact).toBeGreaterThanOrEqual(0.9);
    for (const baseline of Object.values(report.baselines ?? {})) {
      expect(report.relevance.f1).toBeGreaterThan(baseline.relevance.f1);
      expect(report.verdicts.may_apply).toBeGreaterThan(baseline.verdicts.may_apply);
    }
  });
});
