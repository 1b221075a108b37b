import type { Credential } from '../posting/taxonomy.ts';

/** What the middle of a profession earns in clinical and all other settings. */
export type ClinicalPay = {
  /** US dollars a year: half of all employees of the profession earn less. */
  median: number;
  /** The release of the survey. Figures of different releases are not compared with each other. */
  release: string;
  /** Where the bureau keeps the figure up to date. */
  source: string;
  /** The one public table it was read in, where no second text gave the same: pages say so beside the figure. */
  table?: string;
};

/**
 * Wages of employees in the United States by the Occupational Employment and Wage Statistics of the Bureau of Labor Statistics. Those of therapists
 * were given alike by two independent texts; those of assistants stand in one public table and were not compared with the bureau’s own.
 */
export const CLINICAL_PAY: Record<Credential, ClinicalPay> = {
  OT: { median: 98_340, release: 'May 2024', source: 'https://www.bls.gov/ooh/healthcare/occupational-therapists.htm' },
  OTA: {
    median: 72_300,
    release: 'May 2025',
    source: 'https://www.bls.gov/ooh/healthcare/occupational-therapy-assistants-and-aides.htm',
    table: 'https://officeblues.net/salaries/occupational-therapy-assistants-31-2011.json',
  },
  PT: { median: 101_020, release: 'May 2024', source: 'https://www.bls.gov/ooh/healthcare/' },
  PTA: {
    median: 68_380,
    release: 'May 2025',
    source: 'https://www.bls.gov/ooh/healthcare/physical-therapist-assistants-and-aides.htm',
    table: 'https://officeblues.net/salaries/physical-therapist-assistants-31-2021.json',
  },
  SLP: { median: 95_410, release: 'May 2024', source: 'https://www.bls.gov/ooh/healthcare/speech-language-pathologists.htm' },
};

/** Postings state ranges, and a median is one figure: nearer than this many percent is told as no difference, and differences in steps of it. */
const STEP = 5;

/** How an amount stands to a median, in words: `about 10% above`, `about the same as`, `about 15% below`. */
export function besideMedian(amount: number, median: number): string {
  const percent = (100 * (amount - median)) / median;
  if (Math.abs(percent) <= STEP) return 'about the same as';
  const told = Math.round(Math.abs(percent) / STEP) * STEP;
  return `about ${told}% ${percent > 0 ? 'above' : 'below'}`;
}
