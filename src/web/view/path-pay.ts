import { CREDENTIAL_NAMES, CREDENTIAL_SHORT } from '../../feed/verdict-words.ts';
import { type Html, html } from '../../http/html.ts';
import { CREDENTIALS, type Credential } from '../../posting/taxonomy.ts';
import type { PathPay, PayRange } from '../../store/feed/path-pay.ts';
import { besideMedian, CLINICAL_PAY } from '../clinical-pay.ts';
import { clinicalSourceOf, clinicalSources } from './clinical-source.ts';
import { count, dollars, MIN_SHARE, plural } from './words.ts';

/** What a path pays, for all and by credential, beside what the middle of the profession earns. A handful shows its range, never quarters. */
export function payTable({ all, by }: { all: PathPay; by: Record<Credential, PathPay> }, against: Html | false | null): Html | false {
  const apart = weeklyApart(all);
  if (!all.range) return apart && html`<section aria-labelledby="pay"><h2 id="pay">Pay</h2>${apart}</section>`;
  const known = CREDENTIALS.map(credential => [credential, by[credential]] as const);
  const quarters = [all, ...known.map(([, pay]) => pay)].some(hasQuarters);
  const heads = quarters ? ['Lower quarter', 'Median', 'Upper quarter'] : ['Range'];
  return html`<section aria-labelledby="pay"><h2 id="pay">Pay</h2>${against}<div class="scroll" role="region" aria-label="Pay by credential" tabindex="0"><table class="pays">
<caption>US dollars a year as stated in open postings${quarters ? '; quarters and median of the middle of each stated range' : ''}.</caption>
<thead><tr><th scope="col">Open to</th>${[...heads, 'Clinical median', 'Postings'].map(name => html`<th scope="col" class="num">${name}</th>`)}</tr></thead>
<tbody>${line(null, all, heads.length)}${known.map(([credential, pay]) => line(credential, pay, heads.length))}</tbody></table></div>
${apart}${clinicalSources()}</section>`;
}

/** One sentence for the top of the page: the median of enough postings, else the range of those there are. */
export function payShort({ quartiles, range }: PathPay): { value: string; told: string } | null {
  if (!range) return null;
  if (quartiles && quartiles.n >= MIN_SHARE)
    return { value: dollars(quartiles.median), told: `a year, median of ${plural(quartiles.n, 'posting')}` };
  return {
    value: rangeText(range),
    told: range.n === 1 ? 'a year, in the one posting that states it' : `a year, the range of ${plural(range.n, 'posting')}`,
  };
}

/** How the path pays a credential against its clinical median; nothing where it is too little known. */
export function payAgainst(credential: Credential, { quartiles }: PathPay): Html | false {
  if (!quartiles || quartiles.n < MIN_SHARE) return false;
  const { median } = CLINICAL_PAY[credential];
  return html`<p>Half of the ${count(quartiles.n)} postings that take ${CREDENTIAL_SHORT[credential]} and state their pay offer more than <b>${dollars(quartiles.median)}</b> a year: ${besideMedian(quartiles.median, median)} the US median of all ${CREDENTIAL_NAMES[credential].toLowerCase()}s, ${dollars(median)} (${clinicalSourceOf(credential)}).</p>`;
}

/** How many postings are left out because they pay by the week, and why. */
function weeklyApart({ weekly, range }: PathPay): Html | false {
  if (weekly === 0) return false;
  const more = range ? `${count(weekly)} more` : count(weekly);
  return html`<p class="note">${more} ${weekly === 1 ? 'posting pays' : 'postings pay'} by the week, as contracts and travel jobs do, often partly in stipends: left out here, because that makes no salary for a year.</p>`;
}

function hasQuarters({ quartiles }: PathPay): boolean {
  return quartiles !== null && quartiles.n >= MIN_SHARE;
}

function line(credential: Credential | null, { quartiles, range }: PathPay, columns: number): Html | false {
  if (!range) return false;
  const clinical = credential && CLINICAL_PAY[credential];
  const name = credential
    ? html`<abbr title="${CREDENTIAL_NAMES[credential]}">${CREDENTIAL_SHORT[credential]}</abbr>`
    : 'anyone of the five';
  const cells =
    quartiles && quartiles.n >= MIN_SHARE
      ? html`<td class="num">${dollars(quartiles.lower)}</td><td class="num"><strong>${dollars(quartiles.median)}</strong></td><td class="num">${dollars(quartiles.upper)}</td>`
      : html`<td class="num" colspan="${columns}">${rangeText(range)}${columns > 1 && html` <span class="muted">(range)</span>`}</td>`;
  return html`<tr><th scope="row">${name}</th>${cells}<td class="num">${clinical && html`${dollars(clinical.median)} <small>${clinical.release}</small>`}</td><td class="num">${count(range.n)}</td></tr>`;
}

function rangeText({ low, high }: PayRange): string {
  return Math.round(low) === Math.round(high) ? dollars(low) : `${dollars(low)}–${dollars(high)}`;
}
