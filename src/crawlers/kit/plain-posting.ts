import type { CheerioAPI } from 'cheerio';
import type { Element } from 'domhandler';
import { getDomainWithoutSuffix } from 'tldts';
import { toText } from '../../posting/html.ts';
import { parsePay } from '../../posting/pay.ts';
import { readDocument } from '../../text/document.ts';
import type { Section } from '../../text/sections.ts';
import type { Page, RawPosting } from '../adapter.ts';
import { loadHtml } from './html.ts';
import { text } from './json.ts';
import { type Label, labelsIn } from './labels.ts';
import { mainContent } from './main-content.ts';
import { takeAway } from './take-away.ts';
import { cutHtml, dated, httpUrl, splitPlaces } from './values.ts';

/** A longer page, or one with more to read on it, is a list, an archive or a trap. */
const LONGEST_PAGE = 2_000_000;
const LONGEST_CONTENT = 200_000;
/** Less text than this is a notice, a teaser or an empty frame. */
const LEAST_TEXT = 300;
const LONGEST_TITLE = 200;
const MOST_HEADINGS = 200;
/** Neighbors of the page that it links to: so many, with so little text for each, make a list. */
const SIBLINGS = 5;
const TEXT_PER_SIBLING = 400;
/** So many labels, or sentences of one kind, are no chance; a page that labels so many places, or links from more headings, shows several postings. */
const SEVERAL = 3;

/** Headings of pages that are no posting's. */
const NO_TITLE =
  /^(?:careers?|jobs?|(?:job|career)s? (?:search|openings?|listings?|opportunities|board|centre|center|portal|site|home|details?|description)|(?:(?:current|open|all|available|our|latest|featured|new|search|view|job|career|employment|position) )*(?:jobs|openings?|positions|vacancies|opportunities|roles|careers)(?: at .*)?|(?:search )?results|position details|employment|join (?:us|our team|the team).*|work (?:with|for|at) .*|apply(?: now| online| here)?|(?:job )?application(?: form)?|sign ?(?:in|up)|log ?in|register|create (?:an )?account|home(?: ?page)?|welcome\b.*|(?:about|contact)(?: us)?|(?:our )?(?:benefits|culture|values|people|team|story|mission|locations?)|privacy\b.*|cookies?\b.*|terms\b.*|faqs?|frequently asked questions|thank you\b.*|error\b.*|oops\b.*|sorry\b.*|(?:page |job )?not found|40[0-9]\b.*|50[0-9]\b.*|access denied|just a moment.*|loading\b.*|candidate portal|untitled.*|news|events|blog|overview|menu|navigation|(?:how|why|what|who|where|meet|explore|discover|our|your|we|you|life at|life with|inside (?:our|the))\b.*)[\s.!…:|-]*$/i;

/** Those that ask people to make themselves known, and lists of one kind of job: "Join our talent community", "Sign in to your account", "Therapy jobs in Ohio". */
const NO_POSTING =
  /^(?:join\b.*|(?:[\p{L}&'’.]+ ){0,3}talent (?:community|network|pool)s?|(?:sign|log)[ -]?(?:in|up|on)\b.*|register\b.*|(?:create|manage|access|complete)\b.*\b(?:account|profile)|(?:my|your|member|candidate|applicant) (?:account|profile|login|dashboard)|(?:forgot|reset)\b.*\bpassword\b.*|(?:email|phone)? ?(?:verification|verify)\b.*|(?:get |sign up for |create )?job alerts?\b.*|stay (?:connected|in touch|informed)\b.*|(?:refer|tell) a friend|general (?:application|interest).*|(?:don['’]t|can['’]t|cannot) (?:see|find)\b.*|.*\b(?:jobs|careers|vacancies|openings|opportunities)(?: (?:in|at|near|by|with|for) .*)?)[\s.!?…:|-]*$/iu;
/** Words that say nothing of a job. */
const SMALL = new Set(
  'a an and as at by for from in of on or our the to we with you your job jobs position role career careers'.split(' '),
);

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
  if (asksToSignIn($)) return { why: 'the page asks to sign in' };
  const named = titleOf($, page);
  if ('why' in named) return named;
  const marked = propertiesIn($);
  const shown = mainContent($).html() ?? '';
  if (shown.length > LONGEST_CONTENT) return { why: 'the page has too much on it for one posting' };
  // Searching below an element with very many children is slow, searching a document is not.
  const content = loadHtml(shown);
  const beside = (words: string | null) => words === named.title || APPLY.test(words ?? '');
  takeAway(
    content('h1, a')
      .toArray()
      .filter(element => beside(squeezed(content(element).text()))),
  );
  const html = content('body').html() ?? '';
  const words = toText(html);
  if (words.length < LEAST_TEXT) return { why: `the page has less than ${LEAST_TEXT} characters of text` };
  const labels = new Map([...labelsIn(words), ...marked]);
  const several = severalIn(content, page, words.length, labels);
  if (several) return { why: several };
  if (!isPosting(named.title, words, labels, applies)) return { why: 'nothing on the page tells that it is a posting' };
  return { posting: { ...factsOf(labels), key: page.request.key ?? page.url, title: named.title, url: page.url, body: [{ html }] } };
}

/**
 * The heading that names the page: the longest one that the page's title says, else its only first-level heading. It must share a word with what
 * the list calls the posting.
 */
function titleOf($: CheerioAPI, page: Page): { title: string } | { why: string } {
  const said = [$('meta[property="og:title"]').attr('content'), $('title').first().text()];
  const heads = said.map(words => (squeezed(words ?? '') ?? '').toLowerCase());
  const headings = $('h1, h2, h3')
    .toArray()
    .slice(0, MOST_HEADINGS)
    .flatMap(element => {
      const words = squeezed($(element).text());
      return words && words.length <= LONGEST_TITLE
        ? [{ words, first: element.name === 'h1', elsewhere: leadsElsewhere($, element, page) }]
        : [];
    });
  const site = squeezed($('meta[property="og:site_name"]').attr('content') ?? '')?.toLowerCase() ?? getDomainWithoutSuffix(page.url);
  const fit = headings.filter(
    ({ words, elsewhere }) => !elsewhere && !isNoTitle(words) && words.toLowerCase() !== site && /\p{L}{2}/u.test(words),
  );
  const agreed = fit
    .filter(({ words }) => heads.some(head => head.includes(words.toLowerCase())))
    .sort((a, b) => b.words.length - a.words.length);
  const firsts = [...new Set(fit.filter(({ first }) => first).map(({ words }) => words))];
  const title = agreed[0]?.words ?? (firsts.length === 1 ? firsts[0] : undefined);
  if (title && !sharesWord(title, page.request.title))
    return { why: `the page is headed "${title.slice(0, 60)}", the list says another title` };
  if (title) return { title };
  const other = headings.find(({ words }) => isNoTitle(words))?.words;
  return { why: other ? `the page is headed "${other.slice(0, 60)}"` : 'no heading names the posting' };
}

const isNoTitle = (words: string) => NO_TITLE.test(words) || NO_POSTING.test(words);

/** Whether two titles may be of one posting; a list that says none leaves it open. */
function sharesWord(title: string, listed: string | undefined): boolean {
  const known = wordsOf(listed ?? '');
  return known.size === 0 || [...wordsOf(title)].some(word => known.has(word));
}

/** The words of a title that say something, without the plural. */
function wordsOf(title: string): Set<string> {
  const words = title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(words.filter(word => word.length > 1 && !SMALL.has(word)).map(word => word.replace(/(?<=\p{L}{3})s$/u, '')));
}

/** A form to sign in that is the page's own: many sites have one on their bar. */
function asksToSignIn($: CheerioAPI): boolean {
  return $('input[type="password" i]')
    .toArray()
    .some(element => $(element).closest('nav, header, footer, dialog, [role="dialog"]').length === 0);
}

/** A logo is a heading that leads to the front page, and a list has headings that lead to its postings. */
function leadsElsewhere($: CheerioAPI, heading: Element, page: Page): boolean {
  const link = $(heading).closest('a[href]').add($(heading).find('a[href]')).first();
  const url = URL.parse(httpUrl(link.attr('href'), page.url) ?? '');
  return url !== null && url.pathname !== new URL(page.url).pathname;
}

/** Why the page shows several postings, or null. */
function severalIn($: CheerioAPI, page: Page, length: number, labels: ReadonlyMap<Label, string[]>): string | null {
  const own = new URL(page.url);
  const folder = own.pathname.replace(/[^/]*\/?$/, '');
  const siblings = new Set<string>();
  for (const link of $('a[href]').toArray()) {
    const url = URL.parse(httpUrl($(link).attr('href'), page.url) ?? '');
    if (url?.host === own.host && url.pathname !== own.pathname && folder.length > 1 && url.pathname.startsWith(folder))
      siblings.add(url.pathname);
  }
  if (siblings.size >= SIBLINGS && length < siblings.size * TEXT_PER_SIBLING)
    return `the page links to ${siblings.size} pages of its kind: a list`;
  if ($('h2 a[href], h3 a[href], h4 a[href]').length > SEVERAL) return 'the headings of the page are links: a list';
  const most = Math.max(...(['place', 'requisition', 'posted'] as const).map(label => labels.get(label)?.length ?? 0));
  return most >= SEVERAL ? 'the page labels several postings: a list' : null;
}

/** What properties of schema.org say where no JobPosting stands around them. */
const PROPERTIES: readonly (readonly [Label, string])[] = [
  ['place', 'jobLocation'],
  ['posted', 'datePosted'],
  ['closes', 'validThrough'],
  ['pay', 'baseSalary'],
  ['employment', 'employmentType'],
];

function propertiesIn($: CheerioAPI): Map<Label, string[]> {
  const found = new Map<Label, string[]>();
  for (const [label, name] of PROPERTIES) {
    const element = $(`[itemprop="${name}"]`).first();
    const said = squeezed(element.attr('content') ?? element.attr('datetime') ?? element.text());
    if (said && said.length <= LONGEST_TITLE) found.set(label, [said]);
  }
  return found;
}

/** Whether a page has a link or button to apply, outside what frames every page of its site. */
export function hasApply($: CheerioAPI): boolean {
  return $('a, button, input[type="submit"], input[type="button"]')
    .toArray()
    .slice(0, 3_000)
    .filter(element => $(element).closest('nav, header, footer').length === 0)
    .some(element => APPLY.test(squeezed($(element).attr('value') ?? $(element).text()) ?? ''));
}

/**
 * Whether a page has what only postings have: that it asks for something, or a label of theirs or their pay, and besides one more of these: what
 * is done, a way to apply, several labels. A careers site tells of itself under the same headings, and has a button to apply on every page.
 */
function isPosting(title: string, words: string, labels: ReadonlyMap<Label, string[]>, applies: boolean): boolean {
  const { segments } = readDocument({ title, text: words }).text;
  const has = (...sections: Section[]) => {
    const found = segments.filter(({ section }) => sections.includes(section));
    return found.some(({ kind }) => kind === 'heading') || found.length >= SEVERAL;
  };
  const asks = has('requirements', 'preferred');
  const labeled = (['pay', 'employment', 'closes', 'requisition'] as const).some(label => labels.has(label)) || parsePay(words) !== null;
  const others = [asks && labeled, has('duties'), applies, labels.size >= SEVERAL].filter(Boolean).length;
  return (asks || labeled) && others > 0;
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
