import { type Html, html } from '../http/html.ts';
import { count } from '../web/view/words.ts';

const WIDTH = 176;
const HEIGHT = 32;

/**
 * A year of numbers, one a week (null: none that week), as a line whose words say the same, and the last one. Weeks without a number are bridged; without any
 * there is no line.
 */
export function sparkline(weeks: readonly (number | null)[], what: string): Html {
  const known = weeks.flatMap((value, week) => (value === null ? [] : [{ value, week }]));
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last) return html`<span class="muted">nothing ${what} within a year</span>`;
  const values = known.map(({ value }) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const told = `${count(first.value)} ${what} ${weeksAgo(weeks, first.week)}, ${count(last.value)} ${weeksAgo(weeks, last.week)}; between ${count(low)} and ${count(high)}`;
  // From nothing up, so that a small change does not look like a large one.
  const points = (known.length === 1 ? [{ ...first, week: first.week - 1 }, first] : known)
    .map(
      ({ value, week }) =>
        `${round((week * WIDTH) / (weeks.length - 1))},${round(HEIGHT - 2 - (value * (HEIGHT - 4)) / Math.max(high, 1))}`,
    )
    .join(' ');
  return html`<svg class="spark" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${told}"><polyline points="${points}"/></svg> <span aria-hidden="true">${count(last.value)}</span>`;
}

function weeksAgo(weeks: readonly unknown[], week: number): string {
  const ago = weeks.length - 1 - week;
  return ago === 0 ? 'this week' : `${ago} ${ago === 1 ? 'week' : 'weeks'} ago`;
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}
