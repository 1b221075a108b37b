import { expect, it } from 'vitest';
import { summaryLines } from '../../src/feed/summary.ts';
import { CREDENTIALS, type Credential, type Verdict } from '../../src/posting/taxonomy.ts';
import type { FeedPosting } from '../../src/store/feed/postings.ts';

const words = { field: 'text' as const, start: 0, end: 18, text: 'Current RN license' };

function eligibility(verdicts: Partial<Record<Credential, Verdict>>): string[] {
  const told = Object.fromEntries(
    CREDENTIALS.map(name => {
      const verdict = verdicts[name] ?? 'unknown';
      return [name, { verdict, rule: 'test', evidence: verdict === 'unknown' ? [] : [words] }];
    }),
  ) as FeedPosting['verdicts'];
  const posting = {
    places: [],
    work_mode: 'remote',
    pay: null,
    employment_types: [],
    verdicts: told,
    closed_at: null,
    closed_reason: null,
  };
  return summaryLines(posting as unknown as FeedPosting).slice(1);
}

it('tells apart who may not apply, who may, and what nobody said', () => {
  const barred = { OT: 'barred', OTA: 'barred', PT: 'barred', PTA: 'barred', SLP: 'barred' } as const;
  expect(eligibility(barred)).toEqual(['Takes none of the five: “Current RN license” asked']);
  expect(eligibility({})).toEqual(['Eligibility not stated']);
  expect(eligibility({ ...barred, PTA: 'unknown' })).toEqual([
    'Eligibility not stated for PTA; not for OT, OTA, PT, SLP (“Current RN license” asked)',
  ]);
  expect(eligibility({ ...barred, PTA: 'named' })).toEqual(['PTA: named (“Current RN license”)']);
});
