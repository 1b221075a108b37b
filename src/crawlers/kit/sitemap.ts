import { httpUrl } from './values.ts';
import { childrenOf, childText, parseXml } from './xml.ts';

/** The protocol's largest sitemap: one that is full may have been cut. */
export const SITEMAP_FULL = 50_000;

export type Sitemap = { kind: 'urlset' | 'index'; entries: { url: string; lastmod: string | null }[]; unreadable: number };

/** A sitemap or sitemap index, distinct addresses in order; or why it is none. A cut file is none. */
export function parseSitemap(body: string, base: string): Sitemap | { why: string } {
  const parsed = parseXml(body);
  if ('why' in parsed) return parsed;
  const { root } = parsed;
  if (root.name !== 'urlset' && root.name !== 'sitemapindex') return { why: `an XML document of another kind: <${root.name}>` };
  const [kind, child] = root.name === 'urlset' ? (['urlset', 'url'] as const) : (['index', 'sitemap'] as const);
  const entries = new Map<string, string | null>();
  const nodes = childrenOf(root, child);
  let unreadable = 0;
  for (const node of nodes) {
    const url = httpUrl(childText(node, 'loc'), base);
    if (url) entries.set(url, childText(node, 'lastmod'));
    else unreadable += 1;
  }
  return { kind, entries: [...entries].map(([url, lastmod]) => ({ url, lastmod })), unreadable };
}
