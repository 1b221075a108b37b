import type { FeedDocument, FeedItem } from './document.ts';

export const JSON_FEED_TYPE = 'application/feed+json; charset=utf-8';

/** JSON Feed 1.1; `_ombre` of an item is the posting as the API shows it. */
export function writeJsonFeed(feed: FeedDocument): string {
  const { links } = feed;
  const document = {
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    description: feed.description,
    home_page_url: feed.home,
    feed_url: links.self,
    ...(links.next && { next_url: links.next }),
    language: 'en-US',
    authors: [{ name: 'Ombre', url: feed.home }],
    items: feed.items.map(itemOf),
  };
  return `${JSON.stringify(document, wellFormed)}\n`;
}

function itemOf(item: FeedItem) {
  return {
    id: item.id,
    url: item.url,
    external_url: item.externalUrl,
    title: item.title,
    summary: item.summary,
    content_html: item.html,
    date_published: item.published.toISOString(),
    date_modified: item.updated.toISOString(),
    ...(item.company && { authors: [{ name: item.company }] }),
    tags: item.categories,
    _ombre: item.view,
  };
}

/** Half a surrogate pair is legal in JSON text and not in the Unicode that readers expect. */
function wellFormed(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.toWellFormed() : value;
}
