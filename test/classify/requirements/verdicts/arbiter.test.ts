import { describe, expect, test } from 'vitest';
import { classify } from '../../../../src/classify/classify.ts';
import { type CompiledRules, compileRules, defaultRules } from '../../../../src/classify/compile/compile.ts';
import { loadSources } from '../../../../src/classify/compile/sources.ts';
import { notes } from '../../../../src/classify/learned/ear.ts';
import { readPosting } from '../../../../src/classify/reading/posting.ts';
import { readAnswers } from '../../../../src/classify/requirements/index.ts';

const POSTING = {
  title: 'Utilization Review Coordinator',
  text: `The desk reads requests of members of a health plan for therapy and equipment, compares them with the criteria and writes the letters. It keeps
notes of every call and passes what is unclear to a physician.

Requirements
- Active license as a physical therapist
- Two years of clinical experience
- Typing without looking at the keys`,
};

/** The shipped rules with an arbiter that has learned this. */
function ruled(facts: string, words: string): CompiledRules {
  const content = `about: For a test.\ninputs: []\nfloor: 60\nbias: open 0\nfacts: ${facts}\nwords: ${words}\n`;
  return compileRules([...loadSources().filter(({ file }) => file !== 'arbiter.yaml'), { file: 'arbiter.yaml', content }]);
}
const SAID = '"said named": "named 1", "said barred": "barred 2", "said open": "open 1", "said implied": "implied 1"';

describe('the arbiter', () => {
  test('overrules an answer by the words around what is named, and shows them', () => {
    const verdicts = classify(POSTING, ruled(`{ ${SAID} }`, '{ "own near license": "preferred 3" }')).verdicts;
    expect(verdicts?.PT).toMatchObject({ verdict: 'preferred', rule: 'arbiter', evidence: [{ field: 'text', text: 'license' }] });
    expect(verdicts?.OT).toMatchObject({ verdict: 'barred' });
    expect(verdicts?.OT.rule).not.toBe('arbiter');
  });

  test('lets an answer stand unless another is three times as likely', () => {
    const close = classify(POSTING, ruled(`{ ${SAID} }`, '{ "own near license": "preferred 2" }')).verdicts;
    expect(close?.PT.verdict).toBe('named');
    const clear = classify(POSTING, ruled(`{ ${SAID} }`, '{ "own near license": "preferred 2.2" }')).verdicts;
    expect(clear?.PT.verdict).toBe('preferred');
  });

  test('takes those whom the rules turn away when it is likelier than not that they may apply, in whatever way', () => {
    // Named, preferred, implied and open together outweigh barred, although none of them alone is three times as likely.
    const taken = classify(POSTING, ruled('{ "said barred": "barred 0.9, implied 0.4" }', '{}')).verdicts;
    expect(taken?.OT).toMatchObject({ verdict: 'implied', rule: 'arbiter' });
    const away = classify(POSTING, ruled('{ "said barred": "barred 1.8, implied 0.4" }', '{}')).verdicts;
    expect(away?.OT.verdict).toBe('barred');
  });

  test('tells how sure it is that the holder may apply or may not, and nothing where that is not told', () => {
    const even = Math.exp(2);
    const { PT, OT } = classify(POSTING, ruled(`{ ${SAID} }`, '{}')).verdicts ?? {};
    // One of six classes has the weight of what was said, the others none.
    expect(PT).toMatchObject({ verdict: 'named', confidence: expect.closeTo((Math.E + 3) / (Math.E + 5)) });
    expect(OT).toMatchObject({ verdict: 'barred', confidence: expect.closeTo((even + 1) / (even + 5)) });
    const short = { ...POSTING, text: 'Reads requests of members of a health plan for therapy. Active license as a physical therapist.' };
    expect(classify(short).verdicts?.PT.confidence).toBeGreaterThan(0.5);
    const cut = { ...POSTING, text: 'Reads requests of members of a health plan for therapy.', truncated: true };
    expect(classify(cut).verdicts?.PT).toMatchObject({ verdict: 'unknown', confidence: null });
  });

  test('judges no text that is shorter than those it has learned from', () => {
    const short = { ...POSTING, text: 'Reads requests of members of a health plan for therapy. Active license as a physical therapist.' };
    const verdicts = classify(short, ruled(`{ ${SAID} }`, '{ "own near license": "preferred 30" }')).verdicts;
    expect(verdicts?.PT.verdict).toBe('named');
  });

  test('hears each credential in terms of its own', () => {
    const rules = defaultRules();
    const { hearings } = readAnswers(readPosting(POSTING, rules), rules.eligibility, notes);
    expect([...(hearings.get('PT')?.facts ?? [])]).toEqual(expect.arrayContaining(['said named', 'own demanded', 'of therapist']));
    expect([...(hearings.get('PTA')?.facts ?? [])]).toEqual(expect.arrayContaining(['therapists demanded', 'of assistant']));
    expect(hearings.get('PT')?.words.has('own near license')).toBe(true);
    expect(hearings.get('SLP')?.words.has('therapists near license')).toBe(true);
  });

  test('names the field and the value of a mistake in its file', () => {
    expect(() => ruled('{ "said named": "nmaed 1" }', '{}')).toThrow(/arbiter\.yaml.*nmaed 1.*named/);
  });
});
