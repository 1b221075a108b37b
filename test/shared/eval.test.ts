import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { defaultRules } from '../../src/classify/compile/compile.ts';
import { triageTitle } from '../../src/classify/triage-title.ts';
import { evaluateFiles } from '../../src/cli/eval.ts';
import { shared } from './shared.ts';

const folder = shared('postings', 'dev.jsonl');
const rows = (file: string) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line) as { id: string; title: string; relevance: string });

describe.skipIf(!folder || !existsSync(`${folder}/dev-labels.jsonl`))('the labelled real postings', () => {
  it('are classified as their readers say, within the bars', async () => {
    const report = await evaluateFiles(`${folder}/dev.jsonl`, `${folder}/dev-labels.jsonl`, defaultRules());
    expect(report.takes_me.precision).toBeGreaterThanOrEqual(0.96);
    expect(report.takes_me.recall).toBeGreaterThanOrEqual(0.97);
    expect(report.relevance.precision).toBeGreaterThanOrEqual(0.95);
    expect(report.relevance.recall).toBeGreaterThanOrEqual(0.97);
    expect(report.path.accuracy).toBeGreaterThanOrEqual(0.92);
    expect(report.verdicts.may_apply).toBeGreaterThanOrEqual(0.96);
    expect(report.verdicts.exact).toBeGreaterThanOrEqual(0.9);
  });

  it('are triaged by title with hardly a loss', () => {
    const relevance = new Map(rows(`${folder}/dev-labels.jsonl`).map(label => [label.id, label.relevance]));
    const decided = rows(`${folder}/dev.jsonl`).map(({ id, title }) => ({
      wanted: relevance.get(id) === 'nonclinical',
      keep: triageTitle({ title }).keep,
    }));
    const wanted = decided.filter(row => row.wanted);
    const rest = decided.filter(row => !row.wanted);
    expect(wanted.filter(row => row.keep).length / wanted.length).toBeGreaterThanOrEqual(0.99);
    // Written to look alike: of ordinary boards more is dropped.
    expect(rest.filter(row => !row.keep).length / rest.length).toBeGreaterThanOrEqual(0.55);
  });
});
