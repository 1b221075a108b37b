import type { CheerioAPI } from 'cheerio';
import type { BodyPart, Page, PageReading, PageRequest, RawPosting } from '../adapter.ts';
import { loadHtml } from '../kit/html.ts';
import { text, texts } from '../kit/json.ts';
import { readPostingPage } from '../kit/posting-page.ts';
import { listReading, unknown } from '../kit/reading.ts';
import { cutHtml, httpUrl, segments } from '../kit/values.ts';

/**
 * Personio's careers page, for where the XML feed may not be asked: one page of links to the postings' own pages. Written from what other
 * crawlers read of it: no page was recorded, it does not tell how many postings there are, and what an empty one looks like is not known.
 */

/** The careers page of a board. */
export function careersPage(host: string): PageRequest {
  return { kind: 'list', url: `https://${host}/?language=en`, headers: { accept: 'text/html' }, note: { careers: true } };
}

export function readCareers(page: Page, host: string): PageReading {
  const $ = loadHtml(page.body);
  const rows = new Map<string, RawPosting | null>();
  for (const link of $('a[href*="/job/"]').toArray()) {
    const key = keyOf(httpUrl($(link).attr('href'), `https://${host}/`), host);
    // A second link to the same posting is often an icon or "Apply".
    if (key && !rows.get(key)) rows.set(key, stub($, link, key, host));
  }
  if (rows.size === 0) return unknown('the careers page links to no postings, which does not prove that there are none');
  const shortfall = cutHtml(page.body) ?? 'the careers page does not say how many postings there are';
  return listReading({ rows: [...rows.values()], shortfall });
}

/** The posting's own page: JSON-LD where it has it, else its sections under their headings. */
export function readPosting(page: Page): PageReading {
  return readPostingPage(page, $ => sectionsOf($, page));
}

type Link = Parameters<CheerioAPI>[0];

function keyOf(address: string | null, host: string): string | null {
  const url = URL.parse(address ?? '');
  const [job, id = '', ...rest] = url?.hostname === host ? segments(url) : [];
  return job === 'job' && /^\d+$/.test(id) && rest.length === 0 ? id : null;
}

const squeezed = (words: string) => text(words.replace(/\s+/g, ' '));

function stub($: CheerioAPI, link: Link, key: string, host: string): RawPosting | null {
  const heading = $(link).find('.jb-title, h2, h3, h4').first();
  const title = squeezed((heading.length > 0 ? heading : $(link)).text());
  if (!title) return null;
  const said = $(link)
    .find('[class*="jobMetaText"]')
    .toArray()
    .map(span => squeezed($(span).text()));
  // Place, schedule and kind of contract. Where one is missing nothing says which.
  const [place, ...employment] = said.length === 3 ? said : [];
  const url = `https://${host}/job/${key}`;
  return {
    key,
    title,
    department: squeezed($(link).closest('.jobs-group').find('.jobs-group-header').first().text()),
    places: place ? [{ raw: place }] : [],
    employment: texts(...employment),
    url,
    applyUrl: url,
    detail: { kind: 'detail', url, key, headers: { accept: 'text/html' } },
  };
}

function sectionsOf($: CheerioAPI, page: Page): RawPosting | null {
  const title = squeezed($('h1').first().text());
  const body = $('.jb-description-item')
    .toArray()
    .flatMap((section): BodyPart[] => {
      const heading = squeezed($(section).find('.detail-block-title, h2').first().text());
      const html = text($(section).find('.rich-text-content').first().html());
      return html ? [{ ...(heading ? { heading } : {}), html }] : [];
    });
  if (!title || body.length === 0) return null;
  const place = squeezed($('[class*="locationText"]').first().text());
  return { key: page.request.key ?? page.url, title, places: place ? [{ raw: place }] : [], url: page.url, body };
}
