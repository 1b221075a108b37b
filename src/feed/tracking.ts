/**
 * Names that mail programs, social networks, advertisers and fetch libraries add to links by themselves. They say nothing about what is
 * asked for, so a link with them is the link without them. A name ending in `*` stands for all that begin so. None may be a name of the
 * filter.
 */
const NAMES = [
  'utm_*',
  'fbclid',
  'fb_action_ids',
  'fb_action_types',
  'fb_source',
  'gclid',
  'gclsrc',
  'gad_*',
  'dclid',
  'gbraid',
  'wbraid',
  'srsltid',
  '_ga',
  '_gl',
  'msclkid',
  'mc_*',
  '_hs*',
  '__hs*',
  'hsctatracking',
  'igshid',
  'igsh',
  'ttclid',
  'twclid',
  'li_fat_id',
  'yclid',
  'rdt_cid',
  'epik',
  'scid',
  'sccid',
  'vero_*',
  'mkt_tok',
  'elqtrack*',
  'oly_*',
  'ck_subscriber_id',
  '_bhlid',
  '_kx',
  '_ke',
  'ml_subscriber*',
  'pk_*',
  'mtm_*',
  'piwik_*',
  'matomo_*',
  '_x_tr_*',
  'trk',
  'ref',
  'ref_src',
  'ref_url',
  '_',
] as const;

const WHOLE = new Set<string>(NAMES.filter(name => !name.endsWith('*')));
const BEGINNINGS = NAMES.filter(name => name.endsWith('*')).map(name => name.slice(0, -1));

/** Whether a name of a query is one that others add. */
export function isTracking(name: string): boolean {
  const lower = name.toLowerCase();
  return WHOLE.has(lower) || BEGINNINGS.some(beginning => lower.startsWith(beginning));
}

/** The text of a query without what others added; what is left stays byte for byte. */
export function withoutTracking(query: string): string {
  const parts = query.split('&');
  const kept = parts.filter(part => !isTracking(nameOf(part)));
  return kept.length === parts.length ? query : kept.join('&');
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
