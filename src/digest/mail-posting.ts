import type { Evidence } from '../classify/classification.ts';
import { decidingQuote, type Quote, sourceOf } from '../feed/quote.ts';
import { CREDENTIALS, type Credential } from '../posting/taxonomy.ts';
import type { FeedPosting } from '../store/feed/postings.ts';

/** A posting as mails tell it: without its text, but with the sentence of it that decided for each credential. */
export type MailPosting = FeedPosting & { quotes: Partial<Record<Credential, Quote>> };

/** Mails have room for nearly every sentence as a whole. */
const SENTENCE = 320;

/** Finds the deciding sentences once and lets go of the text: a run keeps the postings that its subscribers share. */
export function mailPosting(posting: FeedPosting, text: string): MailPosting {
  const quotes: MailPosting['quotes'] = {};
  for (const credential of posting.verdicts ? CREDENTIALS : []) {
    const told = posting.verdicts![credential];
    const quote = decidingQuote(told, sourceOf(posting, text), SENTENCE) ?? asItIs(told.evidence);
    if (quote) quotes[credential] = { ...quote, parts: quote.parts.map(({ text: words, marked }) => ({ text: plain(words), marked })) };
  }
  return { ...posting, html: null, quotes };
}

/** Controls and direction overrides of a third party must not reach a mail. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, ' ');
}

/** The words by themselves, of a posting whose text is not kept. */
function asItIs([first]: readonly Evidence[]): Quote | null {
  const words = first?.text.replace(/\s+/g, ' ').trim().slice(0, SENTENCE);
  return first && words ? { field: first.field, parts: [{ text: words.toWellFormed(), marked: true }] } : null;
}
