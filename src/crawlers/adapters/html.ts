import type { CheerioAPI } from 'cheerio';
import { z } from 'zod';
import { type Adapter, type BodyPart, DEFAULTS, type Page, type PageReading, type PageRequest, type RawPosting } from '../adapter.ts';
import { loadHtml } from '../kit/html.ts';
import { text, texts } from '../kit/json.ts';
import { keyOf, readPostingPage } from '../kit/posting-page.ts';
import { judge, listReading, type Row, unknown } from '../kit/reading.ts';
import { cutHtml, httpUrl, splitPlaces } from '../kit/values.ts';

/** A CSS selector that cheerio understands; wrong ones are found when the registry is read. */
const selector = z.string().min(1).refine(isSelector, 'a CSS selector');
const fields = {
  title: selector.optional(),
  place: selector.optional(),
  department: selector.optional(),
  employment: selector.optional(),
  pay: selector.optional(),
  posted: selector.optional(),
  closes: selector.optional(),
  requisition: selector.optional(),
  /** Every match is one part of the body. */
  body: selector.optional(),
};
const address = z.url({ protocol: /^https?$/ });
const targetSchema = z.strictObject({
  /** Where the postings are listed: one page, or several that are the whole board together. */
  list: z.union([address, z.array(address).min(1)]),
  /** One match per posting; what follows is looked for inside it. */
  item: selector,
  /** The link to the posting. Default: the item itself when it is a link, else its first one. */
  link: selector.optional(),
  ...fields,
  /** The link to the next page of the list. */
  next: selector.optional(),
  /** What the page shows when there are no openings: the only proof that there are none. */
  empty: z.union([z.strictObject({ selector }), z.strictObject({ text: z.string().min(4) })]).optional(),
  /** Of the posting's own page; not needed where that carries schema.org JobPosting, or shows one posting and nothing else. */
  detail: z.strictObject(fields).optional(),
  /** The pages need a browser. */
  rendered: z.boolean().optional(),
});
type Target = z.infer<typeof targetSchema>;
type Fields = NonNullable<Target['detail']>;

/** The site of a small employer, read by a row of CSS selectors. What a selector does not find is not said. */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'html',
  kind: 'general',
  details: true,
  hosts: ['any site, by CSS selectors'],
  target: targetSchema,
  example: { list: 'https://www.acme.example/careers', item: '.job', title: '.job-title' },
  // Selectors cannot be guessed from an address.
  recognise: () => null,
  home: target => (Array.isArray(target.list) ? (target.list[0] ?? '') : target.list),
  start: target => [target.list].flat().map(url => listPage(target, url)),
  read(page, target) {
    const refused = judge(page);
    if (refused) return refused;
    if (page.request.kind === 'list') return readList(page, target);
    return readPostingPage(page, $ => postingPage($, page, target.detail));
  },
};

function isSelector(selector: string): boolean {
  try {
    loadHtml('')(selector);
    return true;
  } catch {
    // What cheerio says of it is no help to who wrote the row.
    return false;
  }
}

const rendered = (target: Target) => (target.rendered ? { rendered: true } : {});

function listPage(target: Target, url: string): PageRequest {
  return { kind: 'list', url, redirects: 'site', ...rendered(target) };
}

function readList(page: Page, target: Target): PageReading {
  const $ = loadHtml(page.body);
  const found = $(target.item).toArray();
  const rows = found.map(element => stub($, element, page, target));
  const cut = cutHtml(page.body);
  if (found.length === 0) {
    const proven = target.empty && !cut && saysEmpty($, target.empty);
    return proven
      ? listReading({ rows, emptyIsProof: true })
      : unknown(`nothing on the page is ${target.item}, and nothing says that there are no openings`);
  }
  const next = target.next ? httpUrl($(target.next).first().attr('href'), page.url) : null;
  const follow = next && next !== page.url && new URL(next).host === new URL(page.url).host ? [listPage(target, next)] : [];
  return listReading({ rows, follow, shortfall: cut });
}

function saysEmpty($: CheerioAPI, empty: NonNullable<Target['empty']>): boolean {
  if ('selector' in empty) return $(empty.selector).length > 0;
  const said = $('body').clone();
  said.find('script, style, noscript, template').remove();
  return squeeze(said.text()).toLowerCase().includes(squeeze(empty.text).toLowerCase());
}

const squeeze = (words: string) => words.replace(/\s+/g, ' ').trim();

type Selection = ReturnType<CheerioAPI>;

function stub($: CheerioAPI, element: Parameters<CheerioAPI>[0], page: Page, target: Target): Row {
  const item = $(element) as Selection;
  const link = target.link ? item.find(target.link).first() : item.is('a[href]') ? item : item.find('a[href]').first();
  const url = httpUrl(link.attr('href'), page.url);
  const said = read($, item, target);
  const title = said.title ?? text(squeeze((target.title ? item.find(target.title) : link).first().text()));
  if (!title) return null;
  const elsewhere = url !== null && keyOf(url) !== keyOf(page.url);
  const { body, ...rest } = said;
  if (elsewhere) {
    const key = keyOf(url);
    const detail: PageRequest = { kind: 'detail', url, key, redirects: 'site', ...rendered(target) };
    const whole = body.length > 0 && !target.detail;
    return { ...rest, key, title, url, ...(whole ? { body } : { detail }) };
  }
  // The whole posting stands on the list page: its own id there, else its title, tells it from the others.
  const mark = text(item.attr('id')) ?? slug(title);
  return mark
    ? { ...rest, key: `${keyOf(page.url)}#${mark}`, title, url: `${page.url.replace(/#.*/, '')}#${encodeURIComponent(mark)}`, body }
    : null;
}

const slug = (title: string) =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');

/** What the fields' selectors find below an element. */
function read($: CheerioAPI, within: Selection, fields: Fields) {
  const said = (selector: string | undefined) => (selector ? text(squeeze(within.find(selector).first().text())) : null);
  const all = (selector: string | undefined) =>
    selector
      ? within
          .find(selector)
          .toArray()
          .map(element => squeeze($(element).text()))
      : [];
  const date = (from: 'posted' | 'closes') => {
    const selector = fields[from];
    const value = selector ? (text(within.find(selector).first().attr('datetime')) ?? said(selector)) : null;
    return value ? { value, from } : null;
  };
  return {
    title: said(fields.title),
    places: all(fields.place)
      .flatMap(splitPlaces)
      .map(raw => ({ raw })),
    department: said(fields.department),
    requisition: said(fields.requisition),
    employment: texts(said(fields.employment)),
    pay: said(fields.pay),
    posted: date('posted'),
    closes: date('closes'),
    body: fields.body
      ? within
          .find(fields.body)
          .toArray()
          .flatMap((part): BodyPart[] => {
            const html = text($(part).html());
            return html ? [{ html }] : [];
          })
      : [],
  };
}

function postingPage($: CheerioAPI, page: Page, fields: Fields | undefined): RawPosting | null {
  if (!fields?.body) return null;
  const said = read($, $('html') as Selection, fields);
  if (said.body.length === 0) return null;
  // Without a title here the list's stands.
  return { ...said, title: said.title ?? '', key: page.request.key ?? keyOf(page.url), url: page.url };
}
