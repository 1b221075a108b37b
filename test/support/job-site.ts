import type { Answering } from './boards.ts';

export type SitePosting = { slug: string; title: string; posted?: string; until?: string };

/** A site with a sitemap and one schema.org page for each posting. */
export function jobSite(postings: () => SitePosting[]): Answering {
  return (_method, url) => {
    const listed = postings();
    if (url.pathname === '/sitemap.xml') {
      const urls = listed.map(({ slug }) => `<url><loc>${url.href.replace('/sitemap.xml', `/jobs/${slug}`)}</loc></url>`).join('');
      return { text: `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${urls}</urlset>` };
    }
    const found = listed.find(({ slug }) => url.pathname === `/jobs/${slug}`);
    if (!found) return null;
    const posting = {
      '@context': 'https://schema.org/',
      '@type': 'JobPosting',
      title: found.title,
      description: '<p>You review therapy charts. OT or PT licence.</p>',
      hiringOrganization: { '@type': 'Organization', name: 'Fernleaf Works' },
      datePosted: found.posted,
      validThrough: found.until,
    };
    return { text: `<html><head><script type="application/ld+json">${JSON.stringify(posting)}</script></head><body></body></html>` };
  };
}
