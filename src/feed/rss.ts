import type { FeedDocument, FeedItem } from './document.ts';
import { element, empty } from './xml.ts';

export const RSS_TYPE = 'application/rss+xml; charset=utf-8';

/** RSS 2.0 with the Advisory Board's profile: tag guids, self link, content:encoded after description, items last. */
export function writeRss(feed: FeedDocument): string {
  const { links } = feed;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">',
    '<channel>',
    element('title', feed.title),
    element('link', feed.home),
    element('description', feed.description),
    element('language', 'en-US'),
    element('lastBuildDate', feed.updated.toUTCString()),
    element('ttl', '60'),
    empty('atom:link', { rel: 'self', type: 'application/rss+xml', href: links.self }),
    empty('atom:link', { rel: 'first', type: 'application/rss+xml', href: links.first }),
    ...(links.next ? [empty('atom:link', { rel: 'next', type: 'application/rss+xml', href: links.next })] : []),
    ...feed.items.map(writeItem),
    '</channel>',
    '</rss>',
    '',
  ].join('\n');
}

function writeItem(item: FeedItem): string {
  return [
    '<item>',
    element('title', item.title),
    element('link', item.url),
    element('guid', item.id, { isPermaLink: 'false' }),
    // First seen by us and not the employer's date: readers sort by it, and employers repost.
    element('pubDate', item.published.toUTCString()),
    ...(item.company ? [element('dc:creator', item.company)] : []),
    ...item.categories.map(category => element('category', category)),
    // HTML by convention; readers that know content:encoded show that one instead.
    element('description', item.head),
    element('content:encoded', item.html),
    '</item>',
  ].join('\n');
}
