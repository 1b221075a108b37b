import { type Credential, PATHS } from '../posting/taxonomy.ts';
import type { FeedPage, FeedPosting } from '../store/feed/postings.ts';
import { canonicalQuery, pageQuery } from './canonical.ts';
import { describeFilter } from './describe.ts';
import type { Filter } from './filter.ts';
import { feedTagOf, tagOf } from './ids.ts';
import { itemLines, linesHtml, linesText } from './item-lines.ts';
import type { PostingView } from './posting-schema.ts';
import { postingView } from './posting-view.ts';
import { jobUrl, type Site, urlOf } from './site.ts';
import { titleLine } from './summary.ts';

/** What every feed format writes, in its own way. */
export type FeedDocument = {
  id: string;
  title: string;
  description: string;
  /** The page of the same filter. */
  home: string;
  /** This page, the first page and the next one (RFC 5005 paged feeds). */
  links: { self: string; first: string; next: string | null };
  /** Newest change of the items; of an empty feed, a fixed day, so that its bytes stay. */
  updated: Date;
  items: FeedItem[];
};

export type FeedItem = {
  id: string;
  title: string;
  /** Our page of the posting. */
  url: string;
  /** The employer's own page. */
  externalUrl: string;
  company: string | null;
  /** Plain text: place, pay, who may apply with the words that say so, and where to go. */
  summary: string;
  /** The same as HTML. */
  head: string;
  /** The same, then the sanitized HTML of the employer's text: what readers show. */
  html: string;
  categories: string[];
  published: Date;
  updated: Date;
  view: PostingView;
};

const NOTHING_YET = new Date('2026-01-01T00:00:00Z');

/** Builds the document of a page for the surface at `path`. */
export function feedDocument(site: Site, path: string, filter: Filter, page: FeedPage): FeedDocument {
  const at = (query: string) => urlOf(site, path, query);
  const first = pageQuery(filter, null);
  const items = page.items.map(posting => feedItem(site, posting, filter.credential));
  return {
    id: feedTagOf(site.domain, first),
    title: `Ombre: ${describeFilter(filter)}`,
    description: 'Non-clinical jobs that rehabilitation professionals can really get, with the words that say who may apply.',
    home: homeOf(site, filter),
    links: { self: at(canonicalQuery(filter)), first: at(first), next: page.next && at(pageQuery(filter, page.next)) },
    updated: items.length === 0 ? NOTHING_YET : new Date(Math.max(...items.map(item => item.updated.getTime()))),
    items,
  };
}

/** The page of a filter, however many postings a page of the feed has. */
function homeOf(site: Site, filter: Filter): string {
  const query = canonicalQuery({ ...filter, limit: null, cursor: null });
  return query === '' ? urlOf(site, '/', '') : urlOf(site, '/jobs', query);
}

function feedItem(site: Site, posting: FeedPosting, asked: readonly Credential[]): FeedItem {
  const lines = itemLines(site, posting, asked);
  const head = linesHtml(lines);
  return {
    id: tagOf(site.domain, posting.id),
    title: posting.closed_at ? `Closed: ${titleLine(posting)}` : titleLine(posting),
    url: jobUrl(site, posting.id),
    externalUrl: posting.url,
    company: posting.company,
    summary: linesText(lines),
    head,
    html: posting.html ? `${head}<hr>\n${posting.html}` : head,
    categories: posting.paths.map(path => PATHS[path]?.name ?? path),
    published: posting.first_seen,
    updated: posting.updated_at,
    view: postingView(posting, site),
  };
}
