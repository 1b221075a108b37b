import type { Page } from '../adapter.ts';

/**
 * Walls that stand in front of a board, by marks only they leave. The scripts a wall's vendor puts into ordinary pages
 * (`/cdn-cgi/challenge-platform/scripts/jsd`, `token.awswaf.com`) are not among them.
 */
const WALLS: readonly { name: string; mark: RegExp }[] = [
  {
    name: 'Cloudflare',
    mark: /_cf_chl_opt|id="challenge-(?:error-text|form|running|stage)"|challenge-platform\/h\/\w+\/orchestrate|<title>\s*Just a moment\.{3}|Attention Required! \| Cloudflare/i,
  },
  { name: 'Akamai', mark: /errors\.edgesuite\.net|sec-if-cpt-container|<title>\s*Access Denied\s*<\/title>/i },
  { name: 'Imperva', mark: /Incapsula incident ID|<iframe[^<>]+_Incapsula_Resource/i },
  { name: 'DataDome', mark: /(?:geo|ct)\.captcha-delivery\.com/i },
  { name: 'PerimeterX', mark: /id="px-captcha"|captcha\.px-c(?:loud|dn)\.net/i },
  { name: 'AWS WAF', mark: /window\.gokuProps/ },
  { name: 'F5', mark: /The requested URL was rejected\. Please consult with your administrator/i },
];
/** Words a wall shows to people. An advertisement may say them too, so they count on short pages only. */
const WALL_WORDS =
  /verify (?:that )?you are (?:a )?human|checking your browser before|are you a robot\?|unusual traffic from your|please enable (?:cookies|js|javascript) and (?:disable any ad blocker|reload)|press (?:&amp;|&|and) hold/i;
const SHORT_PAGE = 30_000;

/** The name of the wall this page is, or null. JSON and XML are only searched under an error status: there a wall answers scripts with JSON. */
export function wallOf(page: Page): string | null {
  if (page.headers['cf-mitigated'] === 'challenge') return 'Cloudflare';
  const waf = page.headers['x-amzn-waf-action'];
  if (waf === 'challenge' || waf === 'captcha') return 'AWS WAF';
  // A page that carries a posting is the posting, whatever scripts stand around it.
  if (page.status === 200 && page.body.includes('JobPosting')) return null;
  const start = page.body.slice(0, 200).replace(/^[\uFEFF\s]+/, '');
  if (page.status < 400 && /^(?:[[{]|<\?xml|<rss|<urlset|<sitemapindex)/.test(start)) return null;
  const wall = WALLS.find(({ mark }) => mark.test(page.body));
  if (wall) return wall.name;
  return page.body.length < SHORT_PAGE && WALL_WORDS.test(page.body) ? 'a check for people' : null;
}
