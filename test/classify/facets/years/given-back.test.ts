import { describe, expect, test } from 'vitest';
import { facetsOf } from '../reading-of.ts';

describe('years that are given back, and those that are not', () => {
  const YEARS: readonly (readonly [string, number | null])[] = [
    ['Six years of experience in farms. Those with a license bring four years and no more.', 4],
    ['Requirements:\n- Two years in a mill\n\nSUBSTITUTIONS\nOne year of the time asked can be replaced by a trade school.', 1],
    ['Requirements: Five years of experience in ports. Applicants holding a master degree need three such years only.', 3],
    ['Required: three years of carrying a bag. A diploma is neither required nor a substitute for those three years.', 3],
    ['Required: two years in a lab. No degree can stand in for those two years.', 2],
    ['A degree, and two years of experience in rates. Whoever is without the degree may substitute experience, up to four years.', 2],
    ['A diploma and one year of experience in stores. For the degree there may be substituted experience, up to three years.', 1],
    ['Requirements: no exp needed', 0],
    ['No exp necessary, will train.', 0],
    ['New LMTs fine, old ones too.', 0],
    ['Green coders are welcome.', 0],
  ];
  test.each(YEARS)('%j asks for %j', (text, wanted) => expect(facetsOf(text).min_years).toBe(wanted));
});
