import type { CheerioAPI } from 'cheerio';
import { toText } from '../../posting/html.ts';
import { readDocument } from '../../text/document.ts';
import type { Page, RawPosting } from '../adapter.ts';
import { text } from './json.ts';
import { type Label, labelsIn } from './labels.ts';
import { mainContent } from './main-content.ts';
import { cutHtml, dated, httpUrl, splitPlaces } from './values.ts';

/** A longer page is a list, an archive or a trap. */
const LONGEST_PAGE = 2_000_000;
/** Less text than this is a notice, a teaser or an empty frame. */
const LEAST_TEXT = 300;
const LONGEST_TITLE = 200;
/** Neighbors of the page that it links to: so many, with so little text for each, make a list. */
const SIBLINGS = 5;
const TEXT_PER_SIBLING = 400;
/** A page that labels so many different places, or links from so many headings, shows several postings. */
const SEVERAL = 3;
/** What tells a posting from any other page: this much of it must be there. */
const SIGNS = 2;

/** Headings of pages that are no posting's. */
const NO_TITLE =
  /^(?:careers?|jobs?|(?:job|career)s? (?:search|openings?|listings?|opportunities|board|centre|center|portal|site|home|details?|description)|(?:(?:current|open|all|available|our|latest|featured|new|search|view|job|career|employment|position) )*(?:jobs|openings?|positions|vacancies|opportunities|roles|careers)(?: at .*)?|(?:search )?results|position details|employment|join (?:us|our team|the team).*|work (?:with|for|at) .*|apply(?: now| online| here)?|(?:job )?application(?: form)?|sign ?(?:in|up)|log ?in|register|create (?:an )?account|home(?: ?page)?|welcome\b.*|(?:about|contact)(?: us)?|(?:our )?(?:benefits|culture|values|people|team|story|mission|locations?)|privacy\b.*|cookies?\b.*|terms\b.*|faqs?|frequently asked questions|thank you\b.*|error\b.*|oops\b.*|sorry\b.*|(?:page |job )?not found|40[0-9]\b.*|50[0-9]\b.*|access denied|just a moment.*|loading\b.*|candidate portal|untitled.*|news|events|blog|overview|menu|navigation)[\s.!…:|-]*$/i;

const APPLY =
  /^(?:(?:easy|quick) )?apply(?: now| here| online| today| directly)?(?: (?:for|to) (?:this|the) (?:job|position|role|posting|opening))?[\s!»›>]*$|^i(?:'|’)?m interested$/i;

const squeezed = (words: string) => text(words.replace(/\s+/g, ' '));

/**
 * A posting out of a page that has no structured data, or why it is not sure to be one: a title, a text of some length, what the page labels, and
 * signs that only postings have. Takes the page apart. Nothing is guessed from the text; what is not labeled stays unsaid.
 */
export function readPlainPosting($: CheerioAPI, page: Page): { posting: RawPosting } | { why: string } {
  if (page.body.length > LONGEST_PAGE) return { why: 'the page is too long to be a posting' };
  const cut = cutHtml(page.body);
  if (cut) return { why: cut };
  const applies = hasApply($);
  const named = titleOf($);
  if ('why' in named) return named;
  const content = mainContent($);
  content.find('h1').first().remove();
  const html = content.html() ?? '';
  const words = toText(html);
  if (words.length < LEAST_TEXT) return { why: `the page has less than ${LEAST_TEXT} characters of text` };
  const labels = labelsIn(words);
  const several = severalIn($, content, page, words.length, labels);
  if (several) return { why: several };
  const signs = signsOf(named.title, words, labels) + Number(applies);
  if (signs < SIGNS) return { why: 'nothing on the page tells that it is a posting' };
  return { posting: { ...factsOf(labels), key: page.request.key ?? page.url, title: named.title, url: page.url, body: [{ html }] } };
}

/** The one heading that names the page: one that the page's title begins with, else its only first-level heading. */
function titleOf($: CheerioAPI): { title: string } | { why: string } {
  const heads = [$('meta[property="og:title"]').attr('content'), $('title').first().text()].flatMap(said => squeezed(said ?? '') ?? []);
  const headings = $('h1, h2, h3')
    .toArray()
    .slice(0, 200)
    .flatMap(element => {
      const words = squeezed($(element).text());
      return words && words.length <= LONGEST_TITLE ? [{ words, first: element.name === 'h1' }] : [];
    });
  const fit = headings.filter(({ words }) => !NO_TITLE.test(words) && /\p{L}{2}/u.test(words));
  const agreed = fit.find(({ words }) => heads.some(head => head.toLowerCase().startsWith(words.toLowerCase())));
  if (agreed) return { title: agreed.words };
  const firsts = [...new Set(fit.filter(({ first }) => first).map(({ words }) => words))];
  if (firsts.length === 1 && firsts[0]) return { title: firsts[0] };
  const other = headings.find(({ words }) => NO_TITLE.test(words))?.words;
  return { why: other ? `the page is headed "${other.slice(0, 60)}"` : 'no heading names the posting' };
}

/** Why the page shows several postings, or null. */
function severalIn(
  $: CheerioAPI,
  content: ReturnType<CheerioAPI>,
  page: Page,
  length: number,
  labels: ReadonlyMap<Label, string[]>,
): string | null {
  const own = new URL(page.url);
  const folder = own.pathname.replace(/[^/]*\/?$/, '');
  const siblings = new Set<string>();
  for (const link of content.find('a[href]').toArray()) {
    const url = URL.parse(httpUrl($(link).attr('href'), page.url) ?? '');
    if (url?.host === own.host && url.pathname !== own.pathname && folder.length > 1 && url.pathname.startsWith(folder)) siblings.add(url.pathname);
  }
  if (siblings.size >= SIBLINGS && length < siblings.size * TEXT_PER_SIBLING) return `the page links to ${siblings.size} pages of its kind: a list`;
  if (content.find('h2 a[href], h3 a[href], h4 a[href]').length > SEVERAL) return 'the headings of the page are links: a list';
  const most = Math.max(...(['place', 'requisition', 'posted'] as const).map(label => labels.get(label)?.length ?? 0));
  return most >= SEVERAL ? 'the page labels several postings: a list' : null;
}

function hasApply($: CheerioAPI): boolean {
  return $('a, button, input[type="submit"], input[type="button"]')
    .toArray()
    .slice(0, 3_000)
    .some(element => APPLY.test(squeezed($(element).attr('value') ?? $(element).text()) ?? ''));
}

/** One for what the job asks, one for what it is about, one for a label that only postings have, one for several labels of any kind. */
function signsOf(title: string, words: string, labels: ReadonlyMap<Label, string[]>): number {
  const sections = new Set(readDocument({ title, text: words }).text.segments.map(({ section }) => section));
  const signs = [
    sections.has('requirements') || sections.has('preferred'),
    sections.has('duties'),
    (['pay', 'employment', 'closes', 'requisition'] as const).some(label => labels.has(label)),
    labels.size >= SEVERAL,
  ];
  return signs.filter(Boolean).length;
}

function factsOf(labels: ReadonlyMap<Label, string[]>): Omit<RawPosting, 'key' | 'title' | 'url' | 'body'> {
  const first = (label: Label) => labels.get(label)?.[0] ?? null;
  const employment = first('employment');
  return {
    places: splitPlaces(first('place')).map(raw => ({ raw })),
    posted: dated(first('posted'), 'the page'),
    closes: dated(first('closes'), 'the page'),
    pay: first('pay'),
    employment: employment ? [employment] : [],
    department: first('department'),
    requisition: first('requisition'),
  };
}
