import type { CheerioAPI } from 'cheerio';
import type { Page, RawPosting } from '../adapter.ts';
import { text, texts } from '../kit/json.ts';
import { dated } from '../kit/values.ts';

const squeezed = (words: string | undefined) => text((words ?? '').replace(/\s+/g, ' '));

/** Where the text stands, by what other crawlers read of such pages; the first that is there counts. */
const TEXT = [
  '[data-ph-at-id="jobdescription-text"]',
  '[data-ph-at-id="job-description"]',
  '.jd-info',
  '.phw-job-description',
  '.job-description',
];

/**
 * A posting page without the page's data and without JSON-LD, as HTML alone: attributes that name the facts, and one element with the text.
 * Lists have such elements too, one per card with a teaser, so that several are none. Null where there is no such element.
 */
export function plainPage($: CheerioAPI, page: Page): RawPosting | null {
  const found = TEXT.map(selector => $(selector)).find(({ length }) => length > 0);
  const html = found?.length === 1 ? text(found.html()) : null;
  if (!html || !squeezed(found?.text())) return null;
  const said = (name: string) => squeezed($(`[data-ph-at-job-${name}-text]`).first().attr(`data-ph-at-job-${name}-text`));
  const title =
    said('title') ?? squeezed($('[data-ph-at-id="job-title"], h1.job-title').first().text()) ?? squeezed($('h1').first().text());
  const key = said('id') ?? said('seqno');
  const asked = page.request.key;
  if (!title || (asked && key && key !== asked)) return null;
  const place = said('location') ?? squeezed($('[data-ph-at-id="job-location"], .job-location').first().text());
  return {
    key: asked ?? key ?? page.url,
    title,
    department: said('category'),
    places: place ? [{ raw: place.replace(/^(?:job )?locations?:?\s+/i, '') }] : [],
    employment: texts(said('type')),
    posted: dated(said('post-date'), 'data-ph-at-job-post-date-text'),
    url: page.url,
    body: [{ html }],
  };
}
