import { EMPLOYMENT_TYPES, type EmploymentType } from './posting.ts';

const PATTERNS: Record<EmploymentType, RegExp> = {
  full_time: /\bfull ?time\b|^(?:full|ft|f t)$|\bft\b(?= pt\b)/,
  part_time: /\bpart ?time\b|^(?:part|pt|p t)$|(?<=\bft )pt\b/,
  per_diem: /\bper ?diem\b|\bprn\b|\bcasual\b|\bpool\b|\bas needed\b|\bon call\b/,
  contract: /\bcontract(?:or|ors|ual|ed)?\b|\b1099\b|\bfixed term\b/,
  temporary: /\btemp(?:orary)?\b|\bseasonal\b|\blimited term\b|\blocums?\b/,
  internship: /\bintern(?:ship)?s?\b|\bco op\b/,
  freelance: /\bfreelanc(?:e|er|ing)\b|\bgig\b/,
};
const DENIED = /\b(?:not|non)[ -](?:full|part|temp|contract|seasonal|casual)/;

/**
 * The employment types a board's own words name (`Full-time`, `FULL_TIME`, `FullTime`, `Full Time, Part Time`, `PRN`, `1099`), in the order of
 * EMPLOYMENT_TYPES. `Regular`, `Permanent`, `OTHER` and the like name none. For fields of the board, not for prose: `PT` is part time here.
 */
export function readEmployment(words: readonly string[]): EmploymentType[] {
  const found = new Set<EmploymentType>();
  for (const word of words.flatMap(one => one.split(/[,;|]/))) {
    const text = word
      .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim();
    if (DENIED.test(text)) continue;
    for (const type of EMPLOYMENT_TYPES) if (PATTERNS[type].test(text)) found.add(type);
  }
  return EMPLOYMENT_TYPES.filter(type => found.has(type));
}
