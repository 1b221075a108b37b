import { CREDENTIALS, type Credential } from '../posting/taxonomy.ts';
import type { FeedPosting } from '../store/feed/postings.ts';
import { aCredential } from './verdict-words.ts';

const NURSE = /\b(?:R\.?N|LPN|LVN|BSN|nurs(?:e|es|ing))\b/i;
/** A degree beside a license names nobody else. */
const DEGREE = /^(?:(?:bachelor|associate|master|doctor)\b|degree$)/i;
const oneOf = new Intl.ListFormat('en-US', { type: 'disjunction' });

/**
 * Whom a posting takes instead of a credential it says no to: `among rehab credentials, it takes a PT or an OT`, `it takes a nurse`. Null where its words
 * name nobody that plainly, as more would be guessed, and where it leaves some of the five open: then it demands none of them.
 */
export function demandedInstead(verdicts: NonNullable<FeedPosting['verdicts']>, credential: Credential): string | null {
  const taken = CREDENTIALS.filter(one => ['named', 'implied'].includes(verdicts[one].verdict));
  if (CREDENTIALS.some(one => !taken.includes(one) && verdicts[one].verdict !== 'barred')) return null;
  // A posting may take others than the five as well, and its words say so.
  if (taken.length > 0) return `among rehab credentials, it takes ${oneOf.format(taken.map(aCredential))}`;
  const { evidence } = verdicts[credential];
  const nobodyElse = CREDENTIALS.every(one => verdicts[one].verdict === 'barred');
  const nurses = evidence.some(({ text }) => NURSE.test(text)) && evidence.every(({ text }) => NURSE.test(text) || DEGREE.test(text));
  return nobodyElse && nurses ? 'it takes a nurse' : null;
}
