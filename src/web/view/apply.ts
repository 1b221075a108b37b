import { applyAddress } from '../../feed/apply-address.ts';
import { type Html, html } from '../../http/html.ts';
import type { PostingDetail } from '../../store/feed/postings.ts';
import { dateOf, monthOf } from './words.ts';

const REL = 'nofollow noopener noreferrer external';

const OUT_ICON = html`<svg class="out-icon" viewBox="0 0 20 20" aria-hidden="true"><path d="M8 4.5H4V16h11.5v-4M11.5 3.5h5v5M16.5 3.5L9 11"/></svg>`;

/** Where a person applies. */
export type Way = { href: string; host: string };

/** The address to apply at, else that of the posting. Only web addresses become links, whatever a board says. */
export function wayIn(posting: Pick<PostingDetail, 'apply_url' | 'url'>): Way | null {
  const href = applyAddress(posting);
  return href === null ? null : { href, host: new URL(href).host };
}

/** How much a posting invites the reader to apply: `quiet` where it leaves open whether it takes them. */
export type Invitation = 'plain' | 'quiet';

const LABELS: Record<Invitation, string> = { plain: 'Apply on the employer’s site', quiet: 'Open on the employer’s site' };
const button = ({ href }: Way, how: Invitation) =>
  html`<a class="button${how === 'quiet' && ' quiet'}" rel="${REL}" href="${href}">${LABELS[how]} ${OUT_ICON}</a>`;

/** The way to apply as it stands beside the verdict: with its button on wide screens, with its address on paper. */
export function applyBeside(posting: PostingDetail, way: Way | null, how: Invitation): Html {
  const dates = html`<span>${postedText(posting)}</span>${posting.closes_at && html` <span>Closes ${dateOf(posting.closes_at)}</span>`}`;
  if (!way) return html`<div class="act"><span>The employer’s list gives no web address to apply at.</span> ${dates}</div>`;
  return html`<div class="act">${button(way, how)} <span class="host">${way.host}</span> ${dates}</div>`;
}

/** The same as a bar at the lower edge of a phone. */
export function applyBar(way: Way, how: Invitation): Html {
  return html`<div class="stick">${button(way, how)}</div>`;
}

/** A plain link below the text, for those whom the posting does not take. */
export function employerLink({ href, host }: Way): Html {
  return html`<p class="elsewhere"><a rel="${REL}" href="${href}">Open it on the employer’s site ${OUT_ICON}</a> <span class="muted">${host}</span></p>`;
}

/** For paper, where links lead nowhere. */
export function printedAddresses(way: Way | null, page: string): Html {
  return html`<p class="on-paper">${way && html`At the employer’s: ${way.href}<br>`}On Ombre: ${page}</p>`;
}

/** When the employer posted it, as exactly as that is known; else when it was first seen. */
export function postedText({ posted_at, posted_precision, first_seen }: PostingDetail): string {
  if (!posted_at) return `First seen ${dateOf(first_seen)}`;
  return `Posted ${posted_precision === 'month' ? monthOf(posted_at) : dateOf(posted_at)}`;
}
