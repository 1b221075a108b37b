import { expect, it } from 'vitest';
import { demandedInstead } from '../../src/feed/demanded.ts';
import { CREDENTIALS, type Credential, type Verdict } from '../../src/posting/taxonomy.ts';

const verdicts = (told: Partial<Record<Credential, Verdict>>, ...words: string[]) => {
  const evidence = words.map(text => ({ field: 'text' as const, start: 0, end: text.length, text }));
  const of = (credential: Credential) => ({ verdict: told[credential] ?? ('barred' as const), rule: null, evidence, confidence: null });
  return Object.fromEntries(CREDENTIALS.map(credential => [credential, of(credential)])) as Record<Credential, ReturnType<typeof of>>;
};

it('names those of the five whom the posting takes instead', () => {
  expect(demandedInstead(verdicts({ OT: 'named', PT: 'named' }, 'PT or OT'), 'SLP')).toBe(
    'among rehab credentials, it takes an OT or a PT',
  );
  expect(demandedInstead(verdicts({ OT: 'implied', OTA: 'named' }), 'SLP')).toBe('among rehab credentials, it takes an OT or a COTA');
});

it('names a nurse where nothing but that license and a degree is asked for', () => {
  expect(demandedInstead(verdicts({}, 'RN license', 'Bachelor of Science', 'Nursing'), 'OTA')).toBe('it takes a nurse');
  expect(demandedInstead(verdicts({}, 'Registered Nurse'), 'PT')).toBe('it takes a nurse');
});

it('names nobody where that would be a guess', () => {
  expect(demandedInstead(verdicts({}, 'RN', 'LCSW'), 'OT')).toBeNull();
  expect(demandedInstead(verdicts({}, 'Bachelor of Science'), 'OT')).toBeNull();
  expect(demandedInstead(verdicts({ OT: 'preferred' }, 'RN'), 'SLP')).toBeNull();
  expect(demandedInstead(verdicts({}), 'OT')).toBeNull();
  // Where some of the five need no license, or it is left open, no license of another is demanded.
  expect(demandedInstead(verdicts({ OT: 'named', PT: 'open', SLP: 'open' }), 'OTA')).toBeNull();
  expect(demandedInstead(verdicts({ OT: 'implied', OTA: 'named', PT: 'unknown' }), 'SLP')).toBeNull();
});
