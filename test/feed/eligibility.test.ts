import { expect, it } from 'vitest';
import { whyNobody } from '../../src/feed/eligibility.ts';
import { CREDENTIALS, type Credential, type Verdict } from '../../src/posting/taxonomy.ts';
import type { FeedPosting } from '../../src/store/feed/postings.ts';

const words = { field: 'text' as const, start: 0, end: 18, text: 'Current RN license' };

function eligibility(verdicts: Partial<Record<Credential, Verdict>>): string | null {
  const told = Object.fromEntries(
    CREDENTIALS.map(name => {
      const verdict = verdicts[name] ?? 'unknown';
      return [name, { verdict, rule: 'test', evidence: verdict === 'unknown' ? [] : [words] }];
    }),
  ) as FeedPosting['verdicts'];
  return whyNobody({ verdicts: told });
}

it('tells apart who may not apply, who may, and what nobody said', () => {
  const barred = { OT: 'barred', OTA: 'barred', PT: 'barred', PTA: 'barred', SLP: 'barred' } as const;
  expect(eligibility(barred)).toBe('Takes none of the five: “Current RN license” asked');
  expect(eligibility({})).toBe('Eligibility not stated');
  expect(eligibility({ ...barred, PTA: 'unknown' })).toBe(
    'Eligibility not stated for PTA; not for OT, OTA, PT, SLP (“Current RN license” asked)',
  );
  expect(eligibility({ ...barred, PTA: 'named' })).toBeNull();
});
