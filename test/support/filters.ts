import fc from 'fast-check';
import { EMPLOYMENT_TYPES, WORK_MODES } from '../../src/posting/posting.ts';
import { CREDENTIALS, PATH_SLUGS, ROLE_SLUGS, VERDICTS } from '../../src/posting/taxonomy.ts';
import { INCLUDES } from '../../src/store/feed/feed-filter.ts';

const some = (values: readonly string[]) =>
  fc.subarray([...values], { minLength: 1, maxLength: Math.min(3, values.length) }).map(list => list.join(','));

/** A query text with any mix of fields, spelled in any order. */
export function randomFilter(): fc.Arbitrary<string> {
  const fields = fc.record(
    {
      path: some(PATH_SLUGS),
      role: some(ROLE_SLUGS),
      credential: some(CREDENTIALS),
      verdict: some(VERDICTS),
      work_mode: some(WORK_MODES),
      q: fc.constantFrom('therapist', '"utilization review"', 'review -rn', 'remote or coach', "o'brien", 'a&b', '(x)*!', 'the'),
      since: fc.constantFrom('36h', '7d', '5200w', '2026-10-15', '2026-10-15T08:00:00Z'),
      posted_since: fc.constantFrom('30d', '2026-09-01'),
      state: some(['TX', 'CA', 'NY', 'PR']),
      near: fc.constantFrom('78701', 'Austin, TX', 'new york, NY'),
      pay_min: fc.constantFrom('40000', '85000.5'),
      employment_type: some(EMPLOYMENT_TYPES),
      beside: fc.constant('1'),
      max_years: fc.constantFrom('0', '3'),
      certification: some(['ATP', 'CCM', 'CAPS']),
      without_certification: some(['ATP', 'any']),
      patient_contact: some(['none', 'some', 'daily']),
      max_lifting: fc.constantFrom('10', '50'),
      company: fc.constantFrom('Example Health', 'Acme, Inc.'),
      source: some(['example-board', 'other-board']),
      include: some(INCLUDES),
      limit: fc.constantFrom('1', '7', '100'),
    },
    { requiredKeys: [] },
  );
  return fc.tuple(fields, fc.integer()).map(([given, order]) => {
    const pairs = Object.entries(given).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
    return (order % 2 ? pairs : pairs.reverse()).join('&');
  });
}

/** The same with few fields, so that most of them find something. */
export function likelyFilter(): fc.Arbitrary<string> {
  return fc
    .record(
      {
        path: some(PATH_SLUGS.slice(0, 4)),
        credential: some(CREDENTIALS),
        verdict: some(VERDICTS),
        work_mode: some(WORK_MODES),
        q: fc.constantFrom('therapist', 'review', 'remote or coach', '-rn'),
        state: some(['TX', 'CA']),
        since: fc.constantFrom('2026-10-15', '5200w'),
        pay_min: fc.constantFrom('40000', '60000'),
        beside: fc.constant('1'),
        max_years: fc.constantFrom('1', '3'),
        include: some(INCLUDES),
        limit: fc.integer({ min: 1, max: 30 }).map(String),
      },
      { requiredKeys: [] },
    )
    .map(given =>
      Object.entries(given)
        .filter((_, i) => i % 4 !== 3)
        .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
        .join('&'),
    );
}
