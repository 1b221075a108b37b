import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { jobUrl } from '../../feed/site.ts';
import { escapeXml } from '../../feed/xml.ts';
import { entityTag, sendTagged } from '../../http/conditional.ts';
import { sendProblem } from '../../http/problem.ts';
import { CREDENTIALS, PATH_SLUGS } from '../../posting/taxonomy.ts';
import { openPostings } from '../../store/feed/counts.ts';
import { sitemapPostings } from '../../store/feed/postings.ts';
import type { Web } from '../context.ts';
import { employersOf } from '../employers.ts';
import { forAddress } from '../for-address.ts';

/** Addresses per file: the protocol takes 50,000, and small files are read again only where something changed. */
const PER_FILE = 10_000;
const STATIC = ['/', '/jobs', '/paths', '/start', '/feeds', '/about', '/bot', '/sources', '/employers', '/api'];
const CACHE = 'public, max-age=3600';
const XML = 'application/xml; charset=utf-8';
const NAMESPACE = 'http://www.sitemaps.org/schemas/sitemap/0.9';

/** robots.txt and the sitemaps: an index, the pages, and the open postings in files of 10,000. */
export function discoveryRoutes(app: FastifyInstance, web: Web): void {
  const { db, site } = web;
  app.get('/robots.txt', async (request, reply) => send(request, reply, 'text/plain; charset=utf-8', robotsText(site().origin)));
  app.get('/sitemap.xml', async (request, reply) => {
    const { value } = await openPostings(db);
    const files = Math.max(1, Math.ceil(value / PER_FILE));
    const names = ['/sitemap-pages.xml', ...Array.from({ length: files }, (_, i) => `/sitemap-jobs-${i + 1}.xml`)];
    const rows = names.map(name => `<sitemap><loc>${escapeXml(site().origin + name)}</loc></sitemap>`);
    return send(request, reply, XML, document('sitemapindex', rows));
  });
  app.get('/sitemap-pages.xml', async (request, reply) => {
    const hiring = [...(await employersOf(web)).values()].filter(({ open }) => open > 0).slice(0, PER_FILE);
    const employers = hiring.map(({ slug }) => `/employers/${encodeURIComponent(slug)}`);
    const paths = [...STATIC, ...CREDENTIALS.map(forAddress), ...PATH_SLUGS.map(path => `/paths/${path}`), ...employers];
    const rows = paths.map(path => `<url><loc>${escapeXml(site().origin + path)}</loc></url>`);
    return send(request, reply, XML, document('urlset', rows));
  });
  app.get<{ Params: { file: string } }>('/sitemap-jobs-:file(^[1-9]\\d{0,3}).xml', async (request, reply) => {
    const offset = (Number(request.params.file) - 1) * PER_FILE;
    const postings = await sitemapPostings(db, offset, PER_FILE);
    if (postings.length === 0 && offset > 0) return sendProblem(reply, { status: 404, detail: 'there are fewer postings than that' });
    const rows = postings.map(
      ({ id, updated_at }) => `<url><loc>${escapeXml(jobUrl(site(), id))}</loc><lastmod>${updated_at.toISOString()}</lastmod></url>`,
    );
    return send(request, reply, XML, document('urlset', rows));
  });
}

/** Filters are endless: search engines are asked to keep to the pages and the postings. */
function robotsText(origin: string): string {
  return `User-agent: *
Disallow: /jobs?
Disallow: /?
Disallow: /start?
Disallow: /feeds?
Disallow: /compare?
Disallow: /embed
Disallow: /api/
Allow: /

Sitemap: ${origin}/sitemap.xml
`;
}

function document(root: 'urlset' | 'sitemapindex', rows: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${NAMESPACE}">\n${rows.join('\n')}\n</${root}>\n`;
}

function send(request: FastifyRequest, reply: FastifyReply, type: string, text: string): FastifyReply {
  return sendTagged(request, reply, { tag: entityTag(text), cacheControl: CACHE }, { body: text, type });
}
