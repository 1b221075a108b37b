import { aCredential } from '../../feed/verdict-words.ts';
import { type Html, html } from '../../http/html.ts';
import type { Credential } from '../../posting/taxonomy.ts';
import { at, only, toggled } from '../filter-query.ts';
import type { Loosening } from '../loosen.ts';
import { quoted } from './chips.ts';
import { count, plural } from './words.ts';

type Total = { value: number; capped: boolean };

/** Jobs of the same path that say no to the reader's credential, folded, each with the words why. */
export function saysNo(cards: readonly Html[], total: number, credential: Credential): Html | false {
  if (cards.length === 0) return false;
  const one = total === 1 ? 'doesn’t' : 'don’t';
  return html`<details class="says-no"><summary>${count(total)} more on this path ${one} take ${aCredential(credential)}</summary><ol class="jobs">${cards}</ol></details>`;
}

/** How many postings are left out because they take none of the five, and the way to them. */
export function noneLine(path: string, query: string, { value, capped }: Total): Html | false {
  if (value === 0) return false;
  const told = capped ? `More than ${count(value)} more take` : `${count(value)} more ${value === 1 ? 'takes' : 'take'}`;
  return html`<p class="note none-of-five"><a rel="nofollow" href="${at(path, toggled(query, 'include', 'barred'))}">${told} none of the five credentials</a>.</p>`;
}

/** One step each out of a list that is short or empty, with the number of jobs it leads to. */
export function waysOut(path: string, ways: readonly Loosening[]): Html | false {
  if (ways.length === 0) return false;
  return html`<ul class="rows">${ways.map(
    ({ label, without, total }) =>
      html`<li><a href="${at(path, without)}"><b>Without ${quoted(label)}</b><span>${total.capped ? `more than ${count(total.value)} jobs` : plural(total.value, 'job')}</span></a></li>`,
  )}</ul>`;
}

/** What stands where no job does. */
export function nothingFound(path: string, query: string, ways: readonly Loosening[]): Html {
  const mine = only(query, 'credential');
  return html`<div class="empty">${
    ways.length > 0
      ? html`<p>Each of these is one step away.</p>${waysOut(path, ways)}`
      : html`<p>More than one part of the filter stands in the way. <a href="${at(path, mine)}">Start again with all jobs${mine !== '' && ' for you'}</a>, then narrow them step by step.</p>`
  }</div>`;
}
