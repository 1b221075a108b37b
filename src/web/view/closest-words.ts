import { type Quote, quotesOf, quoteText } from '../../feed/quote.ts';
import type { PostingDetail } from '../../store/feed/postings.ts';
import { sourceOf } from './why.ts';

/** Facts that come near to saying who may apply, the nearest first. */
const NEAR = ['degree', 'min_years', 'certifications'];
const ABOUT_CLINICIANS =
  /\b(?:licen[sc]\w*|credential\w*|clinicians?|clinical\s+(?:background|experience|degree)|health\s?care\s+(?:background|experience|degree))\b/i;

/**
 * The sentence of a posting that comes closest to saying who may apply where it does not say it. It decides nothing, so nothing in it is marked.
 * Null where no sentence comes near.
 */
export function closestWords(posting: PostingDetail, length: number): Quote | null {
  const facts = NEAR.flatMap(near => posting.tags.filter(({ kind, name }) => kind === 'facet' && name === near));
  const told = facts.flatMap(({ evidence }) => evidence.filter(({ field }) => field === 'text'));
  const found = ABOUT_CLINICIANS.exec(posting.text);
  if (found) told.push({ field: 'text', start: found.index, end: found.index + found[0].length, text: found[0] });
  for (const span of told) {
    const [quote] = quotesOf([span], sourceOf(posting, posting.text), { most: 1, length });
    if (quote) return { field: quote.field, parts: [{ text: quoteText(quote), marked: false }] };
  }
  return null;
}
