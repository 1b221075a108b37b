import { CREDENTIALS, type Credential, MAY_APPLY } from '../posting/taxonomy.ts';
import type { FeedPosting } from '../store/feed/postings.ts';
import { shortEvidence } from './posting-view.ts';

type Verdicts = NonNullable<FeedPosting['verdicts']>;

/** The credentials that may apply, those told that they may not, and those the posting says nothing of. */
type Eligibility = { may: Credential[]; barred: Credential[]; unknown: Credential[] };

function eligibilityOf(verdicts: Verdicts): Eligibility {
  const of = (test: (verdict: Verdicts[Credential]['verdict']) => boolean) => CREDENTIALS.filter(name => test(verdicts[name].verdict));
  return {
    may: of(verdict => MAY_APPLY.includes(verdict)),
    barred: of(verdict => verdict === 'barred'),
    unknown: of(verdict => verdict === 'unknown'),
  };
}

/** Whether all five are told that they may not apply: such a posting is in no list unless it is asked for. */
export function takesNone({ verdicts }: Pick<FeedPosting, 'verdicts'>): boolean {
  return verdicts !== null && eligibilityOf(verdicts).barred.length === CREDENTIALS.length;
}

/**
 * One line for a posting that nobody of the five is known to be able to take: what is asked instead, in the posting's words, or that
 * nothing is stated. Null when somebody may apply, or there are no verdicts. "Barred" and "not stated" are never told alike.
 */
export function whyNobody({ verdicts }: Pick<FeedPosting, 'verdicts'>): string | null {
  if (!verdicts) return null;
  const { may, barred, unknown } = eligibilityOf(verdicts);
  if (may.length > 0) return null;
  if (barred.length === 0) return 'Eligibility not stated';
  const words = quoted(barred.flatMap(name => shortEvidence(verdicts[name].evidence)));
  if (unknown.length > 0)
    return `Eligibility not stated for ${unknown.join(', ')}; not for ${barred.join(', ')}${words && ` (${words} asked)`}`;
  return `Takes none of the five: ${words || 'another license or degree'} asked`;
}

/** Two wordings at most, each once however it is spelled. */
function quoted(texts: readonly string[]): string {
  const different = new Map(texts.toReversed().map(text => [text.toLowerCase(), text]));
  return [...different.values()]
    .reverse()
    .slice(0, 2)
    .map(text => `“${text}”`)
    .join(', ');
}
