import { CREDENTIAL_NAMES, CREDENTIAL_SHORT } from '../../feed/verdict-words.ts';
import { type Html, html } from '../../http/html.ts';
import { CREDENTIALS, type Credential } from '../../posting/taxonomy.ts';
import type { PayQuartiles } from '../../store/feed/numbers.ts';
import type { PayRange } from '../../store/feed/path-openings.ts';
import { CLINICAL_PAY } from '../clinical-pay.ts';
import { count, dollars, MIN_SHARE, plural } from './words.ts';

type Pay = { quartiles: PayQuartiles | null; range: PayRange | null };

/** What a path pays, for all and by credential, beside what the middle of the profession earns. A handful shows its range, never quarters. */
export function payTable(all: Pay, by: (credential: Credential) => Pay, against: Html | false | null): Html | false {
  if (!all.range) return false;
  const known = CREDENTIALS.map(credential => [credential, by(credential)] as const);
  const quarters = [all, ...known.map(([, pay]) => pay)].some(hasQuarters);
  const heads = quarters ? ['Lower quarter', 'Median', 'Upper quarter'] : ['Range'];
  return html`<section aria-labelledby="pay"><h2 id="pay">Pay</h2>${against}<div class="scroll" role="region" aria-label="Pay by credential" tabindex="0"><table>
<caption>US dollars a year as stated in open postings${quarters ? '; quarters and median of the middle of each stated range' : ''}.</caption>
<thead><tr><th scope="col">Open to</th>${[...heads, 'Postings', 'Clinical median'].map(name => html`<th scope="col" class="num">${name}</th>`)}</tr></thead>
<tbody>${line(null, all, heads.length)}${known.map(([credential, pay]) => line(credential, pay, heads.length))}</tbody></table></div>
<p class="note">Clinical median: half of all employees in the profession earn less (<abbr title="Bureau of Labor Statistics">BLS</abbr>, ${sources()}; as quoted by others, so check it at the source). None is given for COTA and PTA, whose figures we could not confirm.</p></section>`;
}

/** One sentence for the top of the page: the median of enough postings, else the range of those there are. */
export function payShort({ quartiles, range }: Pay): { value: string; told: string } | null {
  if (!range) return null;
  if (quartiles && quartiles.n >= MIN_SHARE)
    return { value: dollars(quartiles.median), told: `a year, median of ${plural(quartiles.n, 'posting')}` };
  return {
    value: rangeText(range),
    told: range.n === 1 ? 'a year, in the one posting that states it' : `a year, the range of ${plural(range.n, 'posting')}`,
  };
}

/** How the path pays a credential against its clinical median; nothing where either is too little known. */
export function payAgainst(credential: Credential, { quartiles }: Pay): Html | false {
  const clinical = CLINICAL_PAY[credential];
  if (!clinical || !quartiles || quartiles.n < MIN_SHARE) return false;
  const percent = Math.round((100 * (quartiles.median - clinical.median)) / clinical.median);
  const against = percent === 0 ? 'as much as' : `about ${Math.abs(percent)}% ${percent > 0 ? 'above' : 'below'}`;
  return html`<p>Half of the ${count(quartiles.n)} postings that take ${CREDENTIAL_SHORT[credential]} and state their pay offer more than <b>${dollars(quartiles.median)}</b> a year: ${against} the US median of all ${CREDENTIAL_NAMES[credential].toLowerCase()}s, ${dollars(clinical.median)} (<a rel="external noopener" href="${clinical.source}">BLS, ${clinical.release}</a>).</p>`;
}

function hasQuarters({ quartiles }: Pay): boolean {
  return quartiles !== null && quartiles.n >= MIN_SHARE;
}

function line(credential: Credential | null, { quartiles, range }: Pay, columns: number): Html | false {
  if (!range) return false;
  const clinical = credential && CLINICAL_PAY[credential];
  const name = credential
    ? html`<abbr title="${CREDENTIAL_NAMES[credential]}">${CREDENTIAL_SHORT[credential]}</abbr>`
    : 'anyone of the five';
  const cells =
    quartiles && quartiles.n >= MIN_SHARE
      ? html`<td class="num">${dollars(quartiles.lower)}</td><td class="num"><strong>${dollars(quartiles.median)}</strong></td><td class="num">${dollars(quartiles.upper)}</td>`
      : html`<td class="num" colspan="${columns}">${rangeText(range)}${columns > 1 && html` <span class="muted">(range)</span>`}</td>`;
  return html`<tr><th scope="row">${name}</th>${cells}<td class="num">${count(range.n)}</td><td class="num">${clinical ? dollars(clinical.median) : ''}</td></tr>`;
}

function rangeText({ low, high }: PayRange): string {
  return Math.round(low) === Math.round(high) ? dollars(low) : `${dollars(low)}–${dollars(high)}`;
}

function sources(): Html {
  return html`${CREDENTIALS.flatMap(credential => {
    const figure = CLINICAL_PAY[credential];
    return figure ? [{ credential, ...figure }] : [];
  }).map(
    ({ credential, release, source }, i) =>
      html`${i > 0 && ', '}<a rel="external noopener" href="${source}">${CREDENTIAL_SHORT[credential]} ${release}</a>`,
  )}`;
}
