/**
 * Names that mail programs, social networks, advertisers and fetch libraries add to links by themselves. They say nothing about what is
 * asked for, so a link with them is the link without them. A `*` stands for anything. None may be a name of the filter.
 */
const NAMES = [
  // Click ids and campaign ids, whoever makes them: fbclid, gclid, msclkid, ymclid, irclickid, s_cid, sc_cid, mc_cid.
  '*clid',
  '*clkid',
  '*clickid',
  '*_cid',
  'cid',
  'scid',
  'sccid',
  'ceid',
  'emci',
  'emdi',
  'cmpid',
  // What a campaign is called: utm_campaign, at_medium, itm_source, hsa_ad.
  'utm_*',
  '*_campaign',
  '*_medium',
  '*_source',
  'hsa_*',
  'itm_*',
  'pk_*',
  'mtm_*',
  'piwik_*',
  'matomo_*',
  'trk',
  'trk_*',
  'ref',
  'ref_*',
  'referrer',
  '*_referer',
  '*_referrer',
  // Social networks.
  'fb_*',
  'mibextid',
  'igsh*',
  'li_fat_id',
  'epik',
  'si',
  // Search and advertising.
  'gclsrc',
  'gad_*',
  'gbraid',
  'wbraid',
  'srsltid',
  '_ga',
  '_gl',
  's_kwcid',
  'ef_id',
  // Mail programs and newsletter tools.
  'mc_*',
  '_hs*',
  '__hs*',
  'hsctatracking',
  'mkt_tok',
  'sfmc_*',
  'vero_*',
  'elqtrack*',
  'oly_*',
  'ck_subscriber_id',
  '_bhlid',
  '_bta_*',
  '_kx',
  '_ke',
  '__s',
  'vgo_ee',
  'dm_i',
  'ml_subscriber*',
  // A translator, and what fetch libraries add against caches.
  '_x_tr_*',
  '_',
] as const;

const TRACKING = new RegExp(`^(?:${NAMES.map(name => name.replaceAll('*', '.*')).join('|')})$`);

/** Whether a name of a query is one that others add. */
export function isTracking(name: string): boolean {
  return name.length < 100 && TRACKING.test(name.toLowerCase());
}

/** The text of a query without what others added; what is left stays byte for byte. */
export function withoutTracking(query: string): string {
  // A link copied from the source of a page has `&amp;`; one that was added to in a hurry has a second question mark.
  const parts = query.replaceAll(AMPERSAND, '&').split('&').map(withoutSecond);
  const kept = parts.filter(part => !isTracking(nameOf(part)));
  const rest = kept.join('&');
  return kept.length === parts.length && rest.length === query.length ? query : rest;
}

const AMPERSAND = /&amp;/gi;

function withoutSecond(part: string): string {
  const at = part.indexOf('?', 1);
  return at > 0 && isTracking(nameOf(part.slice(at + 1))) ? part.slice(0, at) : part;
}

/** The name of one part of a query. Decoded only where it is escaped: this is done for every request, before any limit. */
function nameOf(part: string): string {
  const end = part.indexOf('=');
  const name = (end === -1 ? part : part.slice(0, end)).replace(/^\?/, '');
  return name.includes('%') ? ([...new URLSearchParams(name).keys()][0] ?? '') : name;
}

/** The same for an address or its path with a query: without a question mark when nothing is left behind it. */
export function untracked(url: string): string {
  const at = url.indexOf('?');
  if (at === -1) return url;
  const query = url.slice(at + 1);
  const kept = withoutTracking(query);
  return kept === query ? url : url.slice(0, at) + (kept === '' ? '' : `?${kept}`);
}
