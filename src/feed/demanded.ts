import { CREDENTIALS, type Credential } from '../posting/taxonomy.ts';
import type { FeedPosting } from '../store/feed/postings.ts';
import { aCredential } from './verdict-words.ts';

const NURSE = /\b(?:R\.?N|LPN|LVN|BSN|nurs(?:e|es|ing))\b/i;
/** A degree beside a license names nobody else. */
const DEGREE = /^(?:(?:bachelor|associate|master|doctor)\b|degree$)/i;
const oneOf = new Intl.ListFormat('en-US', { type: 'disjunction' });

/**
 * Whom a posting takes instead of a credential it says no to: `a PT or an OT`, `a nurse`. Null where its words name nobody that plainly, as
 * more would be guessed.
 */
export function demandedInstead(verdicts: NonNullable<FeedPosting['verdicts']>, credential: Credential): string | null {
  const taken = CREDENTIALS.filter(one => ['named', 'implied'].includes(verdicts[one].verdict));
  if (taken.length > 0) return oneOf.format(taken.map(aCredential));
  const { evidence } = verdicts[credential];
  const nobodyElse = CREDENTIALS.every(one => verdicts[one].verdict === 'barred');
  const nurses = evidence.some(({ text }) => NURSE.test(text)) && evidence.every(({ text }) => NURSE.test(text) || DEGREE.test(text));
  return nobodyElse && nurses ? 'a nurse' : null;
}
