import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { classify } from '../../src/classify/classify.ts';

type Row = { group: string; title: string; text: string; relevance: string };

/** Jobs of ours beside their namesakes elsewhere, one a line: group, title, text, relevance and path between bars. Nothing is learned from them. */
const rows = readFileSync(new URL('../fixtures/relevance/lookalikes.psv', import.meta.url), 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line): Row => {
    const [group = '', title = '', text = '', relevance = ''] = line.split('|');
    return { group, title, text, relevance };
  });

const wrongOf = (of: readonly Row[]) => of.filter(({ title, text, relevance }) => classify({ title, text }).relevance !== relevance);

describe('jobs that share words with ours', () => {
  it('hardly one in ten of the namesakes is shown', () => {
    const namesakes = rows.filter(({ relevance }) => relevance !== 'nonclinical');
    const wrong = wrongOf(namesakes).map(({ title }) => title);
    expect(namesakes.length).toBeGreaterThan(40);
    expect(wrong.length, wrong.join('\n')).toBeLessThanOrEqual(namesakes.length / 10);
  });

  it('four in five of all of them are told apart', () => {
    const wrong = wrongOf(rows).map(({ title, relevance }) => `${title}: ${relevance}`);
    expect(wrong.length, wrong.join('\n')).toBeLessThanOrEqual(rows.length / 5);
  });

  it('work of another trade is told as the reason of "other"', () => {
    const { relevance, rule } = classify({
      title: 'Coordinator II',
      text: 'Responsibilities\n- Greet patients and answer phones\n- Collect copays and post payments\n- Register patients of the emergency department',
    });
    expect(relevance).toBe('other');
    expect(rule).toMatch(/^other\.duty\./);
  });
});
