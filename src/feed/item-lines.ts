import type { Evidence } from '../classify/classification.ts';
import { isUnsure } from '../posting/sureness.ts';
import { CREDENTIALS, type Credential, MAY_APPLY, type Verdict } from '../posting/taxonomy.ts';
import type { FeedPosting } from '../store/feed/postings.ts';
import { applyAddress } from './apply-address.ts';
import { closedWords } from './closed-words.ts';
import { decidingQuotes, type Quote, quoteText, sourceOf } from './quote.ts';
import { jobUrl, type Site } from './site.ts';
import { payText, placeText } from './summary.ts';
import { UNSURE_TEXT } from './unsure.ts';
import { takes, VERDICT_WORDS, type VerdictGroup, verdictGroups, verdictText } from './verdict-words.ts';
import { element, escapeXml } from './xml.ts';

/** A piece of a line: plain, a label of ours, deciding words of the posting, or a link. */
type Piece = { text: string; as?: 'label' | 'marked'; href?: string };
/** One line of what a reader shows of a posting before its text. */
export type ItemLine = readonly Piece[];

/**
 * What decides, in the order people ask: whether it is closed, place and pay, who may apply with the sentence that says so, and where to go.
 * `asked` are the credentials of the feed's filter: theirs come first.
 */
export function itemLines(site: Site, posting: FeedPosting, asked: readonly Credential[]): ItemLine[] {
  const facts = [placeText(posting), posting.pay ? payText(posting.pay) : 'pay not stated', ...posting.employment_types.map(words)];
  const lines: ItemLine[] = [
    closedLine(posting),
    [{ text: capitalized(facts.filter(Boolean).join(' · ')) }],
    ...eligibilityLines(posting, asked),
    isUnsure(posting) ? [{ text: `${UNSURE_TEXT}.` }] : [],
    [...wayOn(posting, asked), { text: 'Why you see this', href: `${jobUrl(site, posting.id)}#eligibility` }],
  ];
  return lines.filter(line => line.length > 0).map(line => line.map(piece => ({ ...piece, text: clean(piece.text) })));
}

/** The lines as plain text: deciding words between asterisks, links written out. */
export function linesText(lines: readonly ItemLine[]): string {
  const told = ({ text, as, href }: Piece) => (href === undefined ? (as === 'marked' ? `*${text}*` : text) : `${text}: ${href}`);
  return lines.map(line => line.map(told).join('')).join('\n');
}

/** The lines as one paragraph of HTML. Readers that know no `mark` still show it bold. */
export function linesHtml(lines: readonly ItemLine[]): string {
  return `<p>${lines.map(line => line.map(pieceHtml).join('')).join('<br>\n')}</p>\n`;
}

function pieceHtml({ text, as, href }: Piece): string {
  if (href !== undefined) return element('a', text, { href });
  const inner = escapeXml(text);
  if (as === 'marked') return `<b><mark>${inner}</mark></b>`;
  return as === 'label' ? `<b>${inner}</b>` : inner;
}

/** Where to go: to apply, where it is open and takes whom it was asked for (or anybody); else only to look. None without a web address. */
function wayOn(posting: FeedPosting, asked: readonly Credential[]): ItemLine {
  const { company, url, verdicts } = posting;
  const invites = !posting.closed_at && verdicts !== null && (asked.length > 0 ? asked : CREDENTIALS).some(one => takes(verdicts, one));
  const href = applyAddress(invites ? posting : { apply_url: null, url });
  if (href === null) return [];
  const where = company?.trim() ? `at ${company.trim()}` : 'on the employer’s site';
  return [{ text: `${invites ? 'Apply' : 'See it'} ${where}`, href }, { text: ' · ' }];
}

function closedLine({ closed_at, closed_reason }: FeedPosting): ItemLine {
  if (!closed_at) return [];
  return [{ text: `Closed on ${closed_at.toISOString().slice(0, 10)}`, as: 'label' }, { text: `: ${closedWords(closed_reason)}.` }];
}

/** Who may apply, best first: a line for each verdict with its sentence. Beside credentials that were asked for, the others share one line. */
function eligibilityLines(posting: FeedPosting, asked: readonly Credential[]): ItemLine[] {
  const { verdicts } = posting;
  if (!verdicts) return [];
  const source = sourceOf(posting, posting.text);
  const groups = verdictGroups(verdicts);
  const grouped = (wanted: (credential: Credential) => boolean) =>
    groups.map(group => ({ ...group, credentials: group.credentials.filter(wanted) })).filter(({ credentials }) => credentials.length > 0);
  const quoted = new Set<string>();
  // One sentence often decides for all five: it is told where it counts first.
  const isNew = (quote: Quote) => {
    const before = quoted.size;
    return quoted.add(quoteText(quote)).size > before;
  };
  const full = (group: VerdictGroup): ItemLine => {
    const { verdict, credentials } = group;
    const evidence = allOf(credentials.map(credential => verdicts[credential].evidence));
    const quotes = decidingQuotes({ verdict, evidence }, source, { most: most(verdict, asked) }).filter(isNew);
    return [{ text: `${signed(group)}${quotes.length > 0 ? '.' : ''}`, as: 'label' }, ...quotes.flatMap(quotePieces)];
  };
  if (asked.length === 0) return grouped(() => true).map(full);
  const others = grouped(credential => !asked.includes(credential));
  const rest = others.map(signed).join(' · ');
  return [...grouped(credential => asked.includes(credential)).map(full), ...(rest ? [[{ text: `Others: ${rest}` }]] : [])];
}

/** Two sentences for who may apply, or for whom it was asked; one for the others. */
function most(verdict: Verdict, asked: readonly Credential[]): number {
  return asked.length > 0 || MAY_APPLY.includes(verdict) ? 2 : 1;
}

/** `✓ Yes: OT, COTA`. */
function signed({ verdict, label, credentials }: VerdictGroup): string {
  return `${VERDICT_WORDS[verdict].sign} ${verdictText(label, credentials)}`;
}

function quotePieces({ parts }: Quote): Piece[] {
  return [{ text: ' “' }, ...parts.map(({ text, marked }): Piece => (marked ? { text, as: 'marked' } : { text })), { text: '”' }];
}

/** Each span once, although several credentials have it. */
function allOf(lists: readonly (readonly Evidence[])[]): Evidence[] {
  return [...new Map(lists.flat().map(span => [`${span.field} ${span.start} ${span.end}`, span])).values()];
}

function words(slug: string): string {
  return slug.replaceAll('_', ' ');
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Controls and direction overrides of a third party must not reach beyond its words. */
function clean(text: string): string {
  return text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, ' ').replace(/\s+/g, ' ');
}
