import { urlOf } from '../../feed/site.ts';
import { type Html, html } from '../../http/html.ts';
import { feedLinks, frame } from '../../http/html-page.ts';
import type { Credential } from '../../posting/taxonomy.ts';
import { assetUrl } from '../assets.ts';
import type { Web } from '../context.ts';
import { at } from '../filter-query.ts';
import { credentialOf } from '../reader.ts';

export type Page = {
  title: string;
  /** One sentence for search engines and link previews. */
  description: string;
  /** Where the page is, without its query. */
  path: string;
  /** Its canonical query. */
  query?: string;
  /** What the reader holds, where the query does not say it. */
  credential?: Credential | null;
  /** The filter whose feeds readers find on this page; without one, those of everything. */
  feed?: { title: string; query: string };
  /** The part of the site that the navigation marks. */
  section?: 'jobs' | 'paths' | 'start' | 'feeds' | 'about';
  /** Keeps filters and other endless combinations out of search engines. */
  noindex?: boolean;
  /** Where the skip link leads, if not to the whole of the content. */
  skip?: { to: string; label: string };
  head?: Html | false;
  body: Html;
};

const SECTIONS = [
  ['jobs', '/jobs', 'Jobs'],
  ['paths', '/paths', 'Paths'],
  ['start', '/start', 'Quiz'],
] as const;

const MORE = [
  ['/about', 'About'],
  ['/about#privacy', 'Privacy'],
  ['/employers', 'Employers'],
  ['/sources', 'Sources'],
  ['/feeds', 'Feeds'],
  ['/bot', 'The crawler'],
  ['/api', 'For websites and developers'],
] as const;

/** HTML that was made safe elsewhere: by the sanitizer, or character by character. */
export function trusted(text: string): Html {
  return { html: text };
}

/** A whole page of the website. */
export function layout(web: Web, page: Page): Html {
  const { title, description, path, query = '', feed = { title: 'all jobs', query: '' }, noindex } = page;
  const site = web.site();
  const url = urlOf(site, path, query);
  const head = html`<meta name="description" content="${description}">
<meta name="color-scheme" content="light dark">
${noindex && html`<meta name="robots" content="noindex, follow">`}
<link rel="canonical" href="${url}">
${OWN_FILES}
${feedLinks(site, feed)}<meta property="og:site_name" content="Ombre">
<meta property="og:type" content="website">
<meta property="og:title" content="${title}">
<meta property="og:description" content="${description}">
<meta property="og:url" content="${url}">
<meta property="og:image" content="${site.origin}/card.png">
<meta name="twitter:card" content="summary_large_image">
${page.head}`;
  return frame({ title, head, body: between(page.body, page) });
}

/** A page for one person, whose address is a secret: search engines stay away, and no link tells where it was followed. */
export function privateLayout(title: string, body: Html): Html {
  const head = html`<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex, nofollow">
<meta name="referrer" content="no-referrer">
${OWN_FILES}
`;
  return frame({
    title,
    head,
    body: between(html`<div class="prose"><h1>${title}</h1>
${body}
</div>`),
  });
}

const OWN_FILES = html`<link rel="icon" type="image/svg+xml" href="${assetUrl('favicon.svg')}">
<link rel="stylesheet" href="${assetUrl('style.css')}">
<script src="${assetUrl('site.js')}" defer></script>`;

/** What a page is about between the navigation above and below. Who said what they hold is not asked again. */
function between(
  main: Html,
  { section, path, query = '', credential = credentialOf(query), skip = { to: 'main', label: 'Skip to the content' } }: Partial<Page> = {},
): Html {
  const mine = credential ? `credential=${credential}` : '';
  const here = at(path ?? '', query);
  return html`<a class="skip" href="#${skip.to}">${skip.label}</a>
<header class="top"><div class="wide">
<a class="brand" href="/"><span class="mark" aria-hidden="true"></span>Ombre</a>
<nav aria-label="Main"><ul>${SECTIONS.map(([name, href, label]) => {
    const to = at(href, name === 'paths' ? '' : mine);
    // A page of a part of the site is not the page that the link leads to.
    return html`<li><a href="${to}"${name === section && html` aria-current="${to === here ? 'page' : 'true'}"`}>${label}</a></li>`;
  })}</ul></nav>
</div></header>
<main id="main" tabindex="-1">
${main}
</main>
<footer class="bottom"><div class="wide">
<p>Non-clinical jobs for rehab professionals, read from employers’ own sites. Ombre shows who can apply and the words that say so. The employer decides.</p>
<nav aria-label="More"><ul>
${MORE.map(([href, label]) => html`<li><a href="${href}">${label}</a></li>`)}
</ul></nav>
</div></footer>`;
}
