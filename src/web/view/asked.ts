import { askable } from '../../feed/filter.ts';
import { type Html, html } from '../../http/html.ts';
import type { Asked } from '../../store/feed/credential-numbers.ts';
import { aDegree, count, MIN_SHARE, plural } from './words.ts';

/** What the jobs open to a credential usually ask for besides. `total` is how many there are, `short` what people call the credential. */
export function askedOf({ years, degrees, certifications }: Asked, total: number, short: string): Html | false {
  const rows = [yearsText(years, total), degreesText(degrees, total), certificationsText(certifications)].filter(row => row !== false);
  if (total === 0 || rows.length === 0) return false;
  return html`<section class="know" aria-labelledby="asked"><h2 id="asked">What is usually asked</h2><dl class="asked">${rows.map(
    ([name, told]) => html`<div><dt>${name}</dt><dd>${told}</dd></div>`,
  )}</dl><p class="note">Of the jobs open to a holder of ${short}. A degree often stands beside a license as “one or the other”, so read the words.</p></section>`;
}

type Row = [name: string, told: Html | string];

function yearsText(years: Asked['years'], total: number): Row | false {
  const stated = years.reduce((sum, row) => sum + row.count, 0);
  if (stated === 0) return false;
  const values = years.flatMap(row => Array<number>(row.count).fill(row.value)).sort((a, b) => a - b);
  const low = values[0]!;
  const high = values.at(-1)!;
  const range = low === high ? plural(low, 'year') : `${count(low)} to ${plural(high, 'year')}`;
  const middle = values[Math.floor((values.length - 1) / 2)]!;
  const told = stated >= MIN_SHARE ? `Half ask for ${plural(middle, 'year')} or fewer (${range} in all)` : range;
  return ['Experience', `${told}, stated in ${count(stated)} of ${count(total)}.`];
}

function degreesText(degrees: Asked['degrees'], total: number): Row | false {
  if (degrees.length === 0) return false;
  const told = degrees.map(({ value, count: number }) => `${aDegree(value)} in ${count(number)}`);
  return ['Degree', `Named: ${told.join(', ')} of ${count(total)}.`];
}

function certificationsText(certifications: Asked['certifications']): Row | false {
  const shown = certifications.filter(({ name }) => askable('certification', name));
  if (shown.length === 0) return false;
  return [
    'Certifications',
    html`${shown.map(({ name, required, preferred }, i) => {
      const told = [required > 0 && `required in ${count(required)}`, preferred > 0 && `a plus in ${count(preferred)}`].filter(Boolean);
      return html`${i > 0 && ', '}<bdi>${name}</bdi> (${told.join(', ')})`;
    })}.`,
  ];
}
