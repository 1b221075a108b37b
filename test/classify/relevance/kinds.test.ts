import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { classify } from '../../../src/classify/classify.ts';

type Row = { kind: string; title: string; text: string; expected: string };

/** Short postings by kind of wording, one a line: kind, title, text, relevance and path between bars. */
const rows = readFileSync(new URL('../../fixtures/relevance/kinds.psv', import.meta.url), 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line): Row => {
    const [kind = '', title = '', text = '', relevance = '', path = ''] = line.split('|');
    return { kind, title, text, expected: path ? `${relevance} ${path}` : relevance };
  });

/** What the kinds ask: a title that says nothing, function nouns of no list, a therapist's or nurse's title over a desk, and so on. */
const KINDS: Record<string, string> = {
  A1: 'duties under a title that says nothing',
  A2: 'function nouns that are on no list',
  A3: "a therapist's title over work that may treat nobody",
  A4: "a nurse's or another healer's title over a desk, or not",
  A5: 'a non-clinical title over treating',
  A6: 'managers who treat as well',
  A7: 'words of the field in another trade',
  A8: 'ties that stand in a perk, a customer list or a denial only',
  A9: 'short texts',
  A10: 'words of two paths in one title',
};

const told = ({ title, text }: Row): string => {
  const { relevance, paths } = classify({ title, text });
  return paths[0] ? `${relevance} ${paths[0].path}` : relevance;
};

const wrongOf = (of: readonly Row[]) =>
  of.filter(row => told(row) !== row.expected).map(row => `${row.title}: ${row.expected}, got ${told(row)}`);

// The rows are invented to be hard, and a rule for one of them is worth nothing: so not every one must hold.
describe('what kind of job it is, by kind of wording', () => {
  it.each(Object.entries(KINDS))('%s: %s', kind => {
    const of = rows.filter(row => row.kind === kind);
    const wrong = wrongOf(of);
    expect(of.length).toBeGreaterThanOrEqual(7);
    expect(wrong.length, wrong.join('\n')).toBeLessThanOrEqual(of.length / 3);
  });

  it('is right in nine of ten of all of them', () => {
    const wrong = wrongOf(rows);
    expect(wrong.length, wrong.join('\n')).toBeLessThanOrEqual(rows.length / 10);
  });
});
