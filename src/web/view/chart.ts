import { type Html, html } from '../../http/html.ts';
import type { PostedWeek } from '../../store/feed/path-openings.ts';
import { count, dateOf, plural } from './words.ts';

const WIDTH = 480;
const HEIGHT = 150;
const LEFT = 30;
const BOTTOM = 28;
const TOP = 14;
/** Half of a date below the last bar. */
const RIGHT = 12;
/** Every so many weeks have their date below them, so that dates stay apart on a phone. */
const LABELED = 3;

/** Postings by the week of their date as bars, drawn on the server; since when they are collected, and the numbers for those who cannot see them. */
export function postedChart(weeks: readonly PostedWeek[], since: Date | null): Html | false {
  if (since === null || weeks.length === 0) return false;
  const top = ceiling(Math.max(1, ...weeks.map(({ posted }) => posted)));
  const step = (WIDTH - LEFT - RIGHT) / weeks.length;
  const y = (value: number) => round(TOP + (1 - value / top) * (HEIGHT - TOP - BOTTOM));
  const lines = top > 1 ? [0, top / 2, top] : [0, 1];
  const bars = weeks.map(({ week, posted }, i) => {
    const x = round(LEFT + i * step + step * 0.2);
    return html`${posted > 0 && html`<rect x="${x}" y="${y(posted)}" width="${round(step * 0.6)}" height="${round(y(0) - y(posted))}" rx="2"/>`}${
      (weeks.length - 1 - i) % LABELED === 0 &&
      html`<text x="${round(LEFT + (i + 0.5) * step)}" y="${HEIGHT - 8}" text-anchor="middle">${dayOf(week)}</text>`
    }`;
  });
  const first = weeks[0]!.week;
  return html`<figure><svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="posted-told">
${lines.map(value => html`<line class="axis" x1="${LEFT}" x2="${WIDTH}" y1="${y(value)}" y2="${y(value)}"/><text x="${LEFT - 8}" y="${y(value) + 4}" text-anchor="end">${count(value)}</text>`)}
${bars}
</svg><figcaption id="posted-told">${plural(
    weeks.reduce((sum, { posted }) => sum + posted, 0),
    'job',
  )} posted in the weeks from ${dayOf(first)} to now, by the employers’ dates. ${collecting(since, first)}</figcaption></figure>
<details><summary>The numbers</summary><table><thead><tr><th scope="col">Week of</th><th scope="col" class="num">Posted</th></tr></thead>
<tbody>${[...weeks].reverse().map(({ week, posted }) => html`<tr><th scope="row">${dayOf(week)}</th><td class="num">${count(posted)}</td></tr>`)}</tbody></table></details>`;
}

function collecting(since: Date, first: string): string {
  const told = `Collecting since ${dateOf(since)}`;
  return since > new Date(`${first}T00:00:00Z`) ? `${told}, so weeks before count only what was still open then.` : `${told}.`;
}

/** The next number that halves well. */
function ceiling(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 4, 6, 10].map(step => step * power).find(value => value >= most) ?? 20 * power;
}

const round = (value: number) => Math.round(value * 10) / 10;

function dayOf(week: string): string {
  return new Date(`${week}T00:00:00Z`).toLocaleDateString('en-US', { month: 'short', day: 'numeric', timeZone: 'UTC' });
}
