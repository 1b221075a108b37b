import type { Page, RawPosting } from '../adapter.ts';
import { loadHtml } from '../kit/html.ts';
import { text, texts } from '../kit/json.ts';
import { dated, httpUrl } from '../kit/values.ts';

/**
 * The fields a SuccessFactors career site marks on its posting pages (`data-careersite-propertyid`, older ones by class), or null without a
 * title and a body. Which fields a page shows is the employer's choice.
 */
export function readRmkPage(page: Page): RawPosting | null {
  const $ = loadHtml(page.body);
  const words = (selector: string) => text($(selector).first().text().replace(/\s+/g, ' '));
  const field = (name: string) => words(`[data-careersite-propertyid="${name}"]`);
  const title = field('title') ?? text($('meta[property="og:title"]').attr('content')) ?? words('h1');
  const html = text($('[data-careersite-propertyid="description"] .jobdescription, .jobdescription').first().html());
  const described = html ?? text($('[data-careersite-propertyid="description"]').first().html());
  if (!title || !described) return null;
  const place = field('location') ?? words('.jobGeoLocation') ?? field('city');
  return {
    key: page.request.key ?? page.url,
    title,
    department: field('department'),
    places: place ? [{ raw: place }] : [],
    employment: texts(field('shifttype')),
    posted: dated(field('date'), 'date'),
    url: httpUrl($('link[rel="canonical"]').attr('href'), page.url) ?? page.url,
    applyUrl: httpUrl($('a[href*="/talentcommunity/apply/"]').first().attr('href'), page.url),
    body: [{ html: described }],
  };
}
