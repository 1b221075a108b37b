import { describe, expect, it } from 'vitest';
import { verdictGroups, verdictLabel, verdictSentence } from '../../src/feed/verdict-words.ts';
import type { SaidVerdict } from '../../src/posting/sureness.ts';
import { CREDENTIALS, type Credential, VERDICTS, type Verdict } from '../../src/posting/taxonomy.ts';

const said = (verdict: Verdict, confidence: number | null = null): SaidVerdict => ({ verdict, confidence });

describe('the words for a verdict', () => {
  it('say probably where it is not sure, and ask to read the posting', () => {
    const words = VERDICTS.map(verdict => [verdictLabel(said(verdict, 0.99)), verdictLabel(said(verdict, 0.6))]);
    expect(Object.fromEntries(words)).toEqual({
      Yes: 'Probably yes',
      'A plus': 'Probably a plus',
      Included: 'Probably included',
      'No license needed': 'Probably no license needed',
      No: 'Probably not',
      'Not stated': 'Not stated',
    });
    expect(verdictSentence(said('named', 0.6), 'OTA')).toBe('Probably yes. Read the posting to be sure.');
    expect(verdictSentence(said('barred', 0.6), 'OTA', 'it takes a nurse')).toBe('Probably not. Read the posting to be sure.');
    expect(verdictSentence(said('named', 0.99), 'OTA')).toBe('Yes. COTA is on the list.');
  });

  it('want more to take somebody than to turn somebody away, and no doubt is told of what was not weighed', () => {
    expect([0.89, 0.9].map(sure => verdictLabel(said('open', sure)))).toEqual(['Probably no license needed', 'No license needed']);
    expect([0.79, 0.8].map(sure => verdictLabel(said('barred', sure)))).toEqual(['Probably not', 'No']);
    expect([verdictLabel(said('named')), verdictLabel(said('unknown'))]).toEqual(['Yes', 'Not stated']);
  });

  it('stand once for all who are told the same, the surest first', () => {
    const told = {
      OT: said('named', 0.99),
      OTA: said('named', 0.7),
      PT: said('named', 0.95),
      PTA: said('barred', 0.6),
      SLP: said('barred', 0.97),
    };
    expect(verdictGroups(told).map(group => group.told)).toEqual(['Yes: OT, PT', 'Probably yes: COTA', 'No: SLP', 'Probably not: PTA']);
    const alike = Object.fromEntries(CREDENTIALS.map(one => [one, said('implied', 0.7)])) as Record<Credential, SaidVerdict>;
    expect(verdictGroups(alike).map(group => group.told)).toEqual(['Probably included: all five']);
  });
});
