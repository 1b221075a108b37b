import type { FeedDocument, FeedItem } from './document.ts';
import { element, empty } from './xml.ts';

export const ATOM_TYPE = 'application/atom+xml; charset=utf-8';

/** Atom 1.0 (RFC 4287) with the paged links of RFC 5005. */
export function writeAtom(feed: FeedDocument): string {
  const { links } = feed;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-US">',
    element('id', feed.id),
    element('title', feed.title),
    element('subtitle', feed.description),
    element('updated', feed.updated.toISOString()),
    '<author><name>Ombre</name></author>',
    empty('link', { rel: 'alternate', type: 'text/html', href: feed.home }),
    empty('link', { rel: 'self', type: 'application/atom+xml', href: links.self }),
    empty('link', { rel: 'first', type: 'application/atom+xml', href: links.first }),
    ...(links.next ? [empty('link', { rel: 'next', type: 'application/atom+xml', href: links.next })] : []),
    ...feed.items.map(writeEntry),
    '</feed>',
    '',
  ].join('\n');
}

function writeEntry(item: FeedItem): string {
  return [
    '<entry>',
    element('id', item.id),
    element('title', item.title),
    element('published', item.published.toISOString()),
    element('updated', item.updated.toISOString()),
    ...(item.company ? [`<author>${element('name', item.company)}</author>`] : []),
    empty('link', { rel: 'alternate', type: 'text/html', href: item.url }),
    empty('link', { rel: 'related', type: 'text/html', href: item.externalUrl }),
    ...item.categories.map(term => empty('category', { term })),
    // HTML as the content is: readers that prefer plain text (rss2email) would show a plain summary instead of the posting.
    element('summary', item.head, { type: 'html' }),
    element('content', item.html, { type: 'html' }),
    '</entry>',
  ].join('\n');
}
