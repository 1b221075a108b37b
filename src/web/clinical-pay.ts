import type { Credential } from '../posting/taxonomy.ts';

/** What the middle of a profession earns in clinical and all other settings: US dollars a year, of which survey, and where it is kept up to date. */
export type ClinicalPay = { median: number; release: string; source: string };

/**
 * Wages of employees in the United States by the Occupational Employment and Wage Statistics of the Bureau of Labor Statistics. Only figures that
 * two independent texts gave alike are here: for assistants none did, and a guess would mislead those who decide by it.
 */
export const CLINICAL_PAY: Partial<Record<Credential, ClinicalPay>> = {
  OT: { median: 98_340, release: 'May 2024', source: 'https://www.bls.gov/ooh/healthcare/occupational-therapists.htm' },
  PT: { median: 101_020, release: 'May 2024', source: 'https://www.bls.gov/ooh/healthcare/' },
  SLP: { median: 95_410, release: 'May 2024', source: 'https://www.bls.gov/ooh/healthcare/speech-language-pathologists.htm' },
};
