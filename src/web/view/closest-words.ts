import type { Evidence } from '../../classify/classification.ts';
import { type Quote, quotesOf, quoteText, sourceOf } from '../../feed/quote.ts';
import type { PostingDetail } from '../../store/feed/postings.ts';

/** Facts that come near to saying who may apply, the nearest first. */
const NEAR = ['degree', 'min_years', 'certifications'];
const ABOUT_CLINICIANS =
  /\b(?:licen[sc]\w*|credential\w*|clinicians?|clinical\s+(?:background|experience|degree)|health\s?care\s+(?:background|experience|degree))\b/i;

/** Where a remote job may be done from, and how much of a hybrid one at home. */
const PLACES: Record<string, readonly RegExp[]> = {
  remote: [
    /\b(?:any|all|every|other)\s+(?:U\.?S\.?\s+)?states?\b|\banywhere in the\b|\bremote\w*\b[^.\n]{0,80}\b(?:states?|resid\w+|located|within)\b/i,
    /\b(?:fully|100%|work\w*|this is a|(?:position|role|job) is)\s+remote\b|\bremote(?:ly)?\s+(?:position|role|job|work|from)\b|\bwork\w* from home\b/i,
  ],
  hybrid: [/\bhybrid\b|\bdays?\b[^.\n]{0,20}\b(?:on-?site|in (?:the |our )?office|remote(?:ly)?|(?:from|at) home)\b/i],
};

/** The sentence of a posting that says most of from where its work may be done; null where none does. */
export function placeWords(posting: PostingDetail, length: number): Quote | null {
  for (const pattern of PLACES[posting.work_mode ?? ''] ?? []) {
    const quote = sentenceWith(posting, pattern, length);
    if (quote) return quote;
  }
  return null;
}

/**
 * The sentence of a posting that comes closest to saying who may apply where it does not say it. It decides nothing, so nothing in it is marked.
 * Null where no sentence comes near.
 */
export function closestWords(posting: PostingDetail, length: number): Quote | null {
  for (const near of NEAR) {
    const quote = factWords(posting, near, length);
    if (quote) return quote;
  }
  return sentenceWith(posting, ABOUT_CLINICIANS, length);
}

/** The sentence of the text that a fact was read from; null for a fact that the board states in a field of its own. */
export function factWords(posting: PostingDetail, fact: string, length: number): Quote | null {
  const evidence = posting.tags.filter(({ kind, name }) => kind === 'facet' && name === fact).flatMap(tag => tag.evidence);
  return unmarked(
    posting,
    evidence.filter(({ field }) => field === 'text'),
    length,
  );
}

function sentenceWith(posting: PostingDetail, pattern: RegExp, length: number): Quote | null {
  const found = pattern.exec(posting.text);
  if (!found) return null;
  const [text] = found;
  return unmarked(posting, [{ field: 'text', start: found.index, end: found.index + text.length, text }], length);
}

function unmarked(posting: PostingDetail, evidence: readonly Evidence[], length: number): Quote | null {
  const [quote] = quotesOf(evidence, sourceOf(posting, posting.text), { most: 1, length, least: 0 });
  return quote ? { field: quote.field, parts: [{ text: quoteText(quote), marked: false }] } : null;
}
