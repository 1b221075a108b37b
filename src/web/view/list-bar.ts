import { type Html, html } from '../../http/html.ts';
import { at, toggled, without, withValue } from '../filter-query.ts';
import { listQuery, SORTS, type Sort } from '../list-query.ts';
import { subscribeBox } from './subscribe-form.ts';

/** Fewer jobs than this are seen at a glance in any order. */
const WORTH_SORTING = 4;
const RECENT = [
  ['1d', '24 hours'],
  ['7d', '7 days'],
  ['30d', '30 days'],
] as const;

type Bar = {
  path: string;
  /** The canonical filter. */
  query: string;
  sort: Sort;
  /** What stands as the heading: the number. */
  heading: string;
  jobs: number;
  /** Whether an address can be left. */
  mail: boolean;
};

/**
 * Above the jobs: how to follow this very filter, how many there are, in which order, how recent. The heading is where the skip link leads: seen first,
 * it stands last, so that the next tab is the first job.
 */
export function listBar({ path, query, sort, heading, jobs, mail }: Bar): Html {
  return html`<div class="bar">
${mail && jobs > 0 && html`<details class="mailbox"><summary>Email me new ones</summary>${subscribeBox(query)}</details>`}
<p class="follow"><a href="${at('/feed.rss', query)}">RSS<span class="sr"> feed of these jobs</span></a> <a href="${at('/feeds', query)}">Other feeds</a></p>
${jobs >= WORTH_SORTING && sorting(path, query, sort)}${(jobs >= WORTH_SORTING || query.includes('posted_since=')) && recency(path, query, sort)}
<h2 id="jobs" class="total" tabindex="-1">${heading}</h2></div>`;
}

function sorting(path: string, query: string, sort: Sort): Html {
  const params = new URLSearchParams(query);
  const offered = (Object.keys(SORTS) as Sort[]).filter(name => {
    if (name === 'near') return params.has('near');
    return name !== 'found' || params.has('since') || sort === 'found';
  });
  return html`<nav class="sort" aria-label="Order">${offered.map(name =>
    name === sort
      ? html`<b aria-current="true">${SORTS[name]}</b> `
      : html`<a rel="nofollow" href="${at(path, listQuery(query, name))}#jobs">${SORTS[name]}</a> `,
  )}</nav>`;
}

function recency(path: string, query: string, sort: Sort): Html {
  const now = new URLSearchParams(query).get('posted_since');
  const known = RECENT.some(([value]) => value === now);
  const link = (value: string, label: string) => {
    const next = value === now ? toggled(query, 'posted_since', value) : withValue(query, 'posted_since', value);
    return html`<a rel="nofollow" href="${at(path, listQuery(next, sort))}#jobs"${value === now && html` aria-current="true"`}>${label}${value === now && html`<span class="x" aria-hidden="true"> ×</span><span class="sr"> (chosen: remove)</span>`}</a> `;
  };
  return html`<nav class="recent" aria-label="Posted in the last"><span aria-hidden="true">Last</span> ${RECENT.map(([value, label]) => link(value, label))}${now !== null && !known && link(now, `since ${now}`)}</nav>`;
}

/** For those who come back: what is new since they last looked is an address to keep. */
export function newSince(path: string, query: string, now: Date): Html | false {
  if (!new URLSearchParams(query).has('since')) return false;
  const today = now.toISOString().slice(0, 10);
  return html`<p class="note"><a rel="nofollow" href="${at(path, withValue(query, 'since', today))}">New since today</a>: bookmark this link, and it shows what comes from now on. <a rel="nofollow" href="${at(path, without(query, 'since'))}">All of them</a></p>`;
}
