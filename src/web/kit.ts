import { describeFilter } from '../feed/describe.ts';
import type { Filter } from '../feed/filter.ts';
import { urlOf } from '../feed/site.ts';
import { type Html, html } from '../http/html.ts';
import { databaseNow } from '../store/clock.ts';
import { postingTexts } from '../store/feed/evidence.ts';
import { feedPage } from '../store/feed/postings.ts';
import type { Web } from './context.ts';
import { at, without } from './filter-query.ts';
import { forAddress } from './for-address.ts';
import { type Snippet, snippetHtml, snippetItem, snippetMarkdown } from './snippet.ts';
import { dateOf } from './view/words.ts';

/** What one issue of a mailing holds. */
const MOST = 25;
const WEEK = { hours: 168 };

/** The postings of a filter to be put elsewhere, in the order and number of every other surface. */
export async function snippetOf(web: Web, filter: Filter, heading: string): Promise<Snippet> {
  const { items } = await feedPage(web.db, filter, {});
  const texts = await postingTexts(
    web.db,
    items.map(({ id }) => id),
  );
  const credential = filter.credential.length === 1 ? filter.credential[0]! : null;
  const site = web.site();
  return {
    heading,
    items: items.map(posting => snippetItem(posting, credential, texts.get(posting.id) ?? '', site)),
    home: site.origin + (credential ? forAddress(credential) : '/jobs'),
    date: dateOf(await databaseNow(web.db)),
  };
}

/** What a curator takes along: a frame that stays up to date, and the week as text to paste. `query` is the canonical one of the filter. */
export async function curatorKit(web: Web, filter: Filter, query: string): Promise<Html> {
  const week: Filter = { ...filter, cursor: null, limit: MOST, since: filter.since ?? WEEK };
  const snippet = await snippetOf(web, week, `New this week: ${describeFilter({ ...filter, since: null })}`);
  const source = urlOf(web.site(), '/embed', without(query, 'cursor'));
  const frame = html`<iframe src="${source}" title="${snippet.heading}" width="100%" height="600" loading="lazy"></iframe>`;
  const area = (id: string, label: string, text: string, rows: number) =>
    html`<label for="${id}">${label}</label><textarea id="${id}" readonly rows="${rows}" data-copy aria-label="${label}">${text}</textarea>`;
  return html`<section class="kit" aria-labelledby="kit"><h2 id="kit">Republish this list</h2>
<p>The jobs of this filter that were first seen within a week, ${MOST} at most, with the words that say who may apply. Free to republish with the line at the end.</p>
${area('as-html', 'Copy as HTML', snippetHtml(snippet).html, 10)}
${area('as-markdown', 'Copy as Markdown', snippetMarkdown(snippet), 10)}
${area('as-frame', 'A list that stays up to date, in a frame', frame.html, 3)}
<p class="note"><a href="${at('/embed', without(query, 'cursor'))}">See the list as the frame shows it</a>. It needs no script, and any site may show it.</p></section>`;
}
