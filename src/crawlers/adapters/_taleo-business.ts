import type { CheerioAPI } from 'cheerio';
import type { Page, PageReading, PageRequest, RawPosting } from '../adapter.ts';
import { loadHtml } from '../kit/html.ts';
import { amount, text } from '../kit/json.ts';
import { anotherBoard, listReading, unknown } from '../kit/reading.ts';
import { cutHtml, httpUrl } from '../kit/values.ts';

/** A career website of Taleo Business Edition: its cluster and partition, the organization's code and the website's number. */
export type BusinessTarget = { host: string; partition: string; org: string; cws: string };

const PAGE = 10;

const address = ({ host, partition, org, cws }: BusinessTarget, page: string, query = '') =>
  `https://${host}/${partition}/ats/careers/v2/${page}?org=${encodeURIComponent(org)}&cws=${cws}${query}`;

export const businessHome = (target: BusinessTarget) => address(target, 'searchResults');

export function businessStart(target: BusinessTarget, rowFrom = 0): PageRequest {
  const query = rowFrom > 0 ? `&rowFrom=${rowFrom}` : '';
  return { kind: 'list', url: address(target, 'searchResults', query), headers: { accept: 'text/html' }, note: { rowFrom } };
}

/** Ten rows a page. One theme tells the total, the other has a link to the next page until the last. */
export function readBusinessList(page: Page, target: BusinessTarget): PageReading {
  if (!/oracletaleocwsv2/i.test(page.body)) return unknown('the page is no list of this system');
  const $ = loadHtml(page.body);
  const rowFrom = amount(page.request.note?.rowFrom) ?? 0;
  const { rows, orgs } = linkedRows($, page, target);
  const other = anotherBoard(orgs, target.org);
  if (other) return other;
  const total = amount(text($('span.oracletaleocwsv2-panel-number').first().text()));
  const next = $('a.jscroll-next').first();
  const linked = Number(/[?&]rowFrom=(\d+)/.exec(next.attr('href') ?? '')?.[1] ?? 0);
  const more = rows.size > 0 && (total === null ? linked > rowFrom : rowFrom + PAGE < total);
  const lost = next.length > 0 && total === null && linked <= rowFrom ? 'the link to the next page cannot be read' : null;
  return listReading({
    rows: [...rows.values()],
    total,
    later: rowFrom > 0,
    follow: more ? [businessStart(target, rowFrom + PAGE)] : [],
    shortfall: cutHtml(page.body) ?? lost,
  });
}

/** The postings a list links to, and the organizations those links name. */
function linkedRows($: CheerioAPI, page: Page, target: BusinessTarget) {
  const rows = new Map<string, RawPosting | null>();
  const orgs: (string | null)[] = [];
  for (const link of $('a[href*="viewRequisition"]').toArray()) {
    const url = URL.parse(httpUrl($(link).attr('href'), page.url) ?? '');
    const key = url?.searchParams.get('rid');
    if (!url || !key || !/^\d+$/.test(key)) continue;
    orgs.push(url.searchParams.get('org'));
    const title = text($(link).text().replace(/\s+/g, ' '));
    // Every posting has two links, one of them a button.
    if (!rows.get(key)) rows.set(key, title && !/^(?:view|apply|details?|more)\b.{0,12}$/i.test(title) ? stub(key, title, target) : null);
  }
  return { rows, orgs };
}

function stub(key: string, title: string, target: BusinessTarget): RawPosting {
  const url = address(target, 'viewRequisition', `&rid=${key}`);
  return { key, title, places: [], url, detail: { kind: 'detail', url, key } };
}
