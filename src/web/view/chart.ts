import { type Html, html } from '../../http/html.ts';
import type { Week } from '../../store/feed/numbers.ts';
import { count } from './words.ts';

const WIDTH = 720;
const HEIGHT = 200;
const LEFT = 38;
const BOTTOM = 26;
const TOP = 12;

/** Openings at the end of each week as a line, drawn on the server; the numbers stand beside it for those who cannot see it. */
export function weeksChart(weeks: readonly Week[], what: string): Html {
  const first = weeks.findIndex(({ open, opened }) => open > 0 || opened > 0);
  // Weeks before anything was read say nothing.
  const shown = weeks.slice(Math.min(Math.max(first - 1, 0), Math.max(weeks.length - 4, 0)));
  const top = ceiling(Math.max(1, ...shown.map(({ open }) => open)));
  const x = (i: number) => round(LEFT + (i * (WIDTH - LEFT - 12)) / Math.max(1, shown.length - 1));
  const y = (open: number) => round(TOP + (1 - open / top) * (HEIGHT - TOP - BOTTOM));
  const points = shown.map(({ open }, i) => `${x(i)} ${y(open)}`);
  const last = shown.at(-1);
  const label = last
    ? `${what} open at the end of each week: ${count(shown[0]!.open)} in the week of ${shown[0]!.week}, ${count(last.open)} now.`
    : what;
  const names = [0, Math.floor((shown.length - 1) / 2), shown.length - 1];
  return html`<figure><svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}">
${[0, top / 2, top].map(value => html`<line class="axis" x1="${LEFT}" x2="${WIDTH - 12}" y1="${y(value)}" y2="${y(value)}"/><text x="${LEFT - 8}" y="${y(value) + 4}" text-anchor="end">${count(value)}</text>`)}
<path class="area" d="M${x(0)} ${y(0)} L${points.join(' L')} L${x(shown.length - 1)} ${y(0)} Z"/>
<path class="line" d="M${points.join(' L')}"/>
${last && html`<circle class="dot" cx="${x(shown.length - 1)}" cy="${y(last.open)}" r="4.5"/>`}
${[...new Set(names)].map((i, n) => html`<text x="${x(i)}" y="${HEIGHT - 6}" text-anchor="${n === 0 ? 'start' : i === shown.length - 1 ? 'end' : 'middle'}">${dayOf(shown[i]!.week)}</text>`)}
</svg><figcaption>Openings week by week</figcaption>
<details><summary>The numbers</summary><table><thead><tr><th scope="col">Week of</th><th scope="col" class="num">Opened</th><th scope="col" class="num">Closed</th><th scope="col" class="num">Open</th></tr></thead>
<tbody>${[...shown].reverse().map(({ week, opened, closed, open }) => html`<tr><th scope="row">${week}</th><td class="num">${count(opened)}</td><td class="num">${count(closed)}</td><td class="num">${count(open)}</td></tr>`)}</tbody></table></details></figure>`;
}

/** The next number that halves well. */
function ceiling(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most));
  return [2, 4, 6, 10].map(step => step * power).find(value => value >= most) ?? 20 * power;
}

const round = (value: number) => Math.round(value * 10) / 10;

function dayOf(week: string): string {
  return new Date(`${week}T00:00:00Z`).toLocaleDateString('en-US', { month: 'short', day: 'numeric', timeZone: 'UTC' });
}
