import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { classify } from '../../src/classify/classify.ts';
import { failuresOf, readKinds, scoreKinds } from './_kinds.ts';
import { shared } from './shared.ts';

/** The share of all wordings that must be right. The list is worked on: wordings of the same kinds that nobody has seen do worse (docs/accuracy.md). */
const GOAL = 0.91;

const folder = shared('postings', 'kinds.md');

describe.skipIf(!folder)('the list of wordings by kind', () => {
  const { cases, unread } = readKinds(folder ? readFileSync(`${folder}/kinds.md`, 'utf8') : '');
  const scores = folder ? scoreKinds(cases, input => classify(input)) : [];
  for (const { letter, of, right } of scores) console.log(`kinds ${letter}: ${right} of ${of} (${((100 * right) / of).toFixed(0)} %)`);

  it('is read whole: no line is left out', () => {
    expect(unread).toEqual([]);
    expect(cases.length).toBeGreaterThan(200);
  });

  it(`is right to ${GOAL * 100} % over all`, () => {
    const { of, right } = scores.find(({ letter }) => letter === 'all') ?? { of: 1, right: 0 };
    expect(right / of).toBeGreaterThanOrEqual(GOAL);
  });
});

describe('the reader of such a list', () => {
  const read = (...lines: string[]) => readKinds(['## B. Who may apply', '### B3. A kind', ...lines].join('\n'));

  it('makes a posting of a wording, and verdicts of five letters', () => {
    const { cases, unread } = read('1. "A license as an OT." → nbbbb');
    expect(unread).toEqual([]);
    expect(cases).toMatchObject([{ id: 'B3.1', letter: 'B', answer: { verdicts: { OT: 'named', OTA: 'barred', SLP: 'barred' } } }]);
    expect(cases[0]?.input.text).toMatch(/Requirements\nA license as an OT\.$/);
  });

  it('reads several wordings of a line, each with its own answer or all with one', () => {
    const years = readKinds(
      '### D1. Years\n1. "two years" → 2; "a year and a half" → 1.5\n2. "ten years of us", "five in a row" → null (of the firm)',
    );
    expect(years.cases.map(({ id, answer }) => [id, answer.min_years])).toEqual([
      ['D1.1a', 2],
      ['D1.1b', 1.5],
      ['D1.2a', null],
      ['D1.2b', null],
    ]);
  });

  it('reads titles with their texts, and paths with alternatives', () => {
    const { cases } = readKinds(
      '### A1. Titles\n1. *"Desk Clinician"* - "Reads charts." → nonclinical, utilization-review or compliance-quality\n2. *"Sound Mixer"* of a theater → other',
    );
    expect(cases).toMatchObject([
      { input: { title: 'Desk Clinician', text: 'Reads charts.' }, answer: { primary: ['utilization-review', 'compliance-quality'] } },
      { input: { title: 'Sound Mixer', text: 'Sound Mixer of a theater.' }, answer: { relevance: 'other' } },
    ]);
  });

  it('keeps apart the talk of a company, its requirement, and what stands behind a cut', () => {
    const { cases } = read(
      '1. "PTs love us." (requirement: "OTR") → nbbbb',
      '2. (truncated) "A PT license." → bbnbb',
      '3. "One of these:\\n- OT\\n- PT" → nbnbb',
    );
    expect(cases[0]?.input.text).toMatch(/^PTs love us\.[\s\S]*Requirements\nOTR$/);
    expect(cases[1]?.input).toMatchObject({ text: 'A PT license.', truncated: true });
    expect(cases[2]?.input.text).toContain('One of these:\n- OT\n- PT');
  });

  it('tells a line it cannot read, and reads the others', () => {
    const { cases, unread } = read('1. "Anybody." → as you like', '2. "Anybody." → ooooo', '3. Anybody without an answer');
    expect(cases.map(({ id }) => id)).toEqual(['B3.2']);
    expect(unread).toEqual(['B3.1: "Anybody." → as you like', 'B3.3: Anybody without an answer']);
  });

  it('says of a case what does not hold', () => {
    const [one] = read('1. "No license is needed." → bbbbb').cases;
    expect(one && failuresOf(one, input => classify(input))).toHaveLength(5);
  });
});
