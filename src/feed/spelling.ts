import { stateOf } from '../posting/states.ts';
import { type Credential, PATHS, type Path, type Verdict } from '../posting/taxonomy.ts';

/** Other spellings of a value → the value. They are compared as the values are: letters and digits only, in any case. */
export type Spellings<T extends string> = Readonly<Record<string, T>>;

/** How holders write what they hold; the letters of the licence, of the degree, and the words. */
export const CREDENTIAL_SPELLINGS: Spellings<Credential> = {
  'OT/L': 'OT',
  OTR: 'OT',
  'OTR/L': 'OT',
  MOT: 'OT',
  MSOT: 'OT',
  OTD: 'OT',
  'occupational therapist': 'OT',
  'occupational therapy': 'OT',
  COTA: 'OTA',
  'COTA/L': 'OTA',
  'OTA/L': 'OTA',
  'occupational therapy assistant': 'OTA',
  'occupational therapist assistant': 'OTA',
  'certified occupational therapy assistant': 'OTA',
  DPT: 'PT',
  MPT: 'PT',
  MSPT: 'PT',
  RPT: 'PT',
  LPT: 'PT',
  'PT, DPT': 'PT',
  'physical therapist': 'PT',
  'physical therapy': 'PT',
  LPTA: 'PTA',
  'physical therapist assistant': 'PTA',
  'physical therapy assistant': 'PTA',
  ST: 'SLP',
  'CCC-SLP': 'SLP',
  'SLP-CCC': 'SLP',
  'CF-SLP': 'SLP',
  'SLP-CF': 'SLP',
  'MS, CCC-SLP': 'SLP',
  'speech therapist': 'SLP',
  'speech therapy': 'SLP',
  'speech pathologist': 'SLP',
  'speech-language pathologist': 'SLP',
};

/** The words our own pages show for a verdict. */
export const VERDICT_SPELLINGS: Spellings<Verdict> = { covered: 'implied', 'not eligible': 'barred', 'not stated': 'unknown' };

export const EMPLOYMENT_SPELLINGS = {
  FT: 'full_time',
  PT: 'part_time',
  PRN: 'per_diem',
  contractor: 'contract',
  temp: 'temporary',
  intern: 'internship',
  freelancer: 'freelance',
} as const;

export const INTERVAL_SPELLINGS = {
  hourly: 'hour',
  daily: 'day',
  weekly: 'week',
  monthly: 'month',
  yearly: 'year',
  annual: 'year',
} as const;

/** The names people read. */
export const PATH_SPELLINGS: Spellings<Path> = Object.fromEntries(Object.entries(PATHS).map(([slug, { name }]) => [name, slug as Path]));

/** Letters and digits only, in lower case: `Full-time`, `FULL_TIME` and `full time` are one spelling. */
function fold(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}

/** A reader of one of the values, however it is spelled; null for what is none of them. */
export function readerOf<T extends string>(values: readonly T[], others: Spellings<T> = {}): (text: string) => T | null {
  const known = new Map(
    [...Object.entries(others), ...values.map(value => [value, value] as const)].map(([text, value]) => [fold(text), value]),
  );
  return text => known.get(fold(text)) ?? null;
}

/** A state by its USPS code, its name or an old abbreviation. */
export function usStateOf(text: string): string | null {
  const state = stateOf(text);
  return state?.country === 'US' ? state.code : null;
}

/** A path by its slug or its name. */
export const pathOf = readerOf(Object.keys(PATHS) as Path[], PATH_SPELLINGS);
