import { EMPLOYMENT_TYPES, WORK_MODES } from '../../src/posting/posting.ts';
import { CREDENTIALS, PATH_SLUGS, VERDICTS } from '../../src/posting/taxonomy.ts';
import type { TestPosting } from './postings.ts';

/** Postings that differ in everything a filter asks for. */
export function varied(i: number) {
  const of = <T>(values: readonly T[], step = 1): T => values[Math.floor(i / step) % values.length]!;
  return {
    id: `v${i}`,
    title: of(['Utilization review therapist', 'Remote coach', 'Care coordinator (RN)']),
    paths: [of(PATH_SLUGS.slice(0, 4)), of(PATH_SLUGS.slice(2, 7))],
    verdicts: Object.fromEntries(
      CREDENTIALS.map((credential, n) => [credential, i % 13 === 0 ? ('barred' as const) : VERDICTS[(i + n) % VERDICTS.length]]),
    ),
    work_mode: of([...WORK_MODES, null], 2),
    employment_types: [of(EMPLOYMENT_TYPES, 3)],
    places: [{ raw: 'x', city: 'Austin', region: of(['TX', 'CA', 'NY'], 5), country: 'US' }],
    pay: of([
      null,
      { min: 20, max: 35, currency: 'USD', interval: 'hour' as const },
      { min: 50_000, max: null, currency: 'USD', interval: 'year' as const },
    ]),
    facets: { min_years: of([null, 1, 2, 5], 2) },
    first_seen: new Date(Date.UTC(2026, 9, 1) + Math.floor(i / 3) * 8 * 3_600_000).toISOString(),
    relevance: i % 11 === 0 ? 'clinical' : 'nonclinical',
    closed_at: i % 7 === 0 ? '2026-11-03T00:00:00Z' : null,
  } satisfies TestPosting;
}
