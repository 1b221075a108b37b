import { EMPLOYMENT_TYPES, type EmploymentType } from './posting.ts';

const PATTERNS: Record<EmploymentType, RegExp> = {
  full_time: /\bfull ?time\b|^(?:full|ft|f t)$|\bft\b(?= pt\b)/,
  part_time: /\bpart ?time\b|^(?:part|pt|p t)$|(?<=\bft )pt\b/,
  per_diem: /\bper ?diem\b|\bprn\b|\bcasual\b|\bpool\b|\bas needed\b|\bon call\b|\bintermittent\b/,
  contract: /\bcontract(?:or|ors|ual|ed)?\b|\b1099\b|\bfixed term\b/,
  temporary: /\btemp(?:orary)?\b|\bseasonal\b|\blimited term\b|\blocums?\b/,
  internship: /\bintern(?:ship)?s?\b|\bco op\b/,
  freelance: /\bfreelanc(?:e|er|ing)\b|\bgig\b/,
};
const DENIED = /\b(?:not|non)[ -](?:full|part|temp|contract|seasonal|casual)/;

/** What boards write where they name the kind of an employee or nothing, and no type of employment. */
const NO_TYPE =
  /^(?:(?:regular|permanent|standard|core|salaried|salary|hourly|exempt|non exempt|professional|staff|union|employees?|worker|any|all|other|others|unspecified|not specified|none|n a|unknown|tbd|direct hire|experienced|entry level|volunteer)\b ?)+$/;

/** True when a board's word for the employment type names none that is known, and is not one that says nothing of it (`Regular`, `Other`). */
export function isUnreadEmployment(word: string): boolean {
  const text = plain(word);
  return /\p{L}/u.test(text) && readEmployment([word]).length === 0 && !DENIED.test(text) && !NO_TYPE.test(text);
}

function plain(word: string): string {
  return word
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/**
 * The employment types a board's own words name (`Full-time`, `FULL_TIME`, `FullTime`, `Full Time, Part Time`, `PRN`, `1099`), in the order of
 * EMPLOYMENT_TYPES. `Regular`, `Permanent`, `OTHER` and the like name none. For fields of the board, not for prose: `PT` is part time here.
 */
export function readEmployment(words: readonly string[]): EmploymentType[] {
  const found = new Set<EmploymentType>();
  for (const word of words.flatMap(one => one.split(/[,;|]/))) {
    const text = plain(word);
    if (DENIED.test(text)) continue;
    for (const type of EMPLOYMENT_TYPES) if (PATTERNS[type].test(text)) found.add(type);
  }
  return EMPLOYMENT_TYPES.filter(type => found.has(type));
}
