import type { Evidence } from '../../classify/classification.ts';
import { decidingQuote, joined, type Quote, quoteText, sourceOf } from '../../feed/quote.ts';
import { BEST_FIRST, CREDENTIAL_SHORT, verdictLabel } from '../../feed/verdict-words.ts';
import { type Html, html } from '../../http/html.ts';
import { CREDENTIALS, type Credential, type Verdict } from '../../posting/taxonomy.ts';
import type { PostingDetail } from '../../store/feed/postings.ts';
import type { Mark } from './highlight.ts';
import { quoteHtml } from './quote.ts';
import { verdictIcon } from './verdict-icon.ts';

/** A sentence on the page of its posting has room for more than one in a list. */
export const PAGE_QUOTE = 240;

/** What a posting says of credentials alike: the same verdict, for the same sentence. */
export type Reason = {
  verdict: Verdict;
  /** The word for it. */
  label: string;
  credentials: Credential[];
  evidence: Evidence[];
  /** The sentence, uncut and without marks; empty where no words decided. */
  sentence: string;
};

/** The reasons of a posting for some credentials, the best first. */
export function reasonsOf(posting: PostingDetail, credentials: readonly Credential[]): Reason[] {
  const { verdicts } = posting;
  if (!verdicts) return [];
  const source = sourceOf(posting, posting.text);
  const reasons = new Map<string, Reason>();
  for (const credential of credentials) {
    const { verdict, evidence } = verdicts[credential];
    const label = verdictLabel(verdicts[credential]);
    const quote = decidingQuote({ verdict, evidence }, source, Number.POSITIVE_INFINITY);
    const sentence = quote ? quoteText(quote) : '';
    const key = `${label} ${sentence}`;
    const reason = reasons.get(key) ?? { verdict, label, credentials: [], evidence: [], sentence };
    reason.credentials.push(credential);
    reason.evidence.push(...evidence);
    reasons.set(key, reason);
  }
  return [...reasons.values()].sort((a, b) => BEST_FIRST.indexOf(a.verdict) - BEST_FIRST.indexOf(b.verdict));
}

/** The sentence of a reason with its words marked; null where no words decided. */
export function quoteOf(posting: PostingDetail, { verdict, evidence }: Reason): Quote | null {
  return decidingQuote({ verdict, evidence }, sourceOf(posting, posting.text), PAGE_QUOTE);
}

/** Marks for the words in the text that decided for these credentials; those that are one demand are one mark. */
export function verdictMarks({ verdicts, text }: PostingDetail, credentials: readonly Credential[]): Mark[] {
  if (!verdicts) return [];
  const spans = credentials.flatMap(credential => verdicts[credential].evidence).filter(({ field }) => field === 'text');
  return joined(text, spans).map(({ start, end }) => ({ start, end, id: `w${start}` }));
}

/** The address of a quote's words in the text below, where they are marked there. */
export function placeOf(quote: Quote, { evidence }: Reason, marks: readonly Mark[]): string | null {
  if (quote.field !== 'text') return null;
  const told = quoteText(quote);
  const span = evidence.find(({ field, text }) => field === 'text' && told.includes(text.replace(/\s+/g, ' ')));
  const mark = span && marks.find(({ start, end }) => start <= span.start && span.start < end);
  return mark ? `#${mark.id}` : null;
}

/**
 * What the posting says of the credentials that the band above does not speak of: one sentence when all share its words, else a line for each
 * distinct reason. `grouped`: the band tells all five in groups, so that only other sentences are left to tell.
 */
export function otherCredentials(
  posting: PostingDetail,
  { credentials, label, verdict, sentence }: Reason,
  grouped: boolean,
): Html | false {
  const same = (other: Reason) => sentence !== '' && other.sentence === sentence;
  const reasons = reasonsOf(
    posting,
    CREDENTIALS.filter(one => !credentials.includes(one)),
  ).filter(other => !grouped || (other.sentence !== '' && !same(other)));
  const [only] = reasons;
  if (only && !grouped && reasons.length === 1 && only.label === label && (same(only) || only.sentence === '')) {
    const alike =
      verdict === 'unknown' ? ' either.' : verdict === 'barred' && same(only) ? ', for the same reason.' : alikeText(same(only));
    return html`<p>${namesOf(only)}: <b>${labelOf(only)}</b>${alike}</p>`;
  }
  const lines = reasons.map(other => {
    const quote = same(other) ? null : quoteOf(posting, other);
    return html`<li class="${other.verdict}">${verdictIcon(other.verdict)}<span>${namesOf(other)}: <b>${labelOf(other)}</b>${quote ? html`, <bdi>${quoteHtml(quote)}</bdi>` : alikeText(same(other))}</span></li>`;
  });
  return lines.length > 0 && html`<ul class="reasons">${lines}</ul>`;
}

const and = new Intl.ListFormat('en-US', { type: 'conjunction' });
const namesOf = ({ credentials }: Reason) => and.format(credentials.map(one => CREDENTIAL_SHORT[one]));
const labelOf = ({ label }: Reason) => label.toLowerCase();
const alikeText = (same: boolean) => (same ? ', in the same sentence.' : '.');
