import { load } from 'cheerio';
import { OmbreError } from '../errors.ts';

/** The ids every surface of a running Ombre shows for one query, in the order shown, page after page. */
export async function idsPerSurface(address: string, query: string): Promise<Record<'api' | 'rss' | 'atom' | 'json', string[]>> {
  return {
    api: await apiIds(address, query),
    rss: await xmlIds(`${address}/feed.rss?${query}`, 'item > guid'),
    atom: await xmlIds(`${address}/feed.atom?${query}`, 'entry > id'),
    json: await jsonFeedIds(`${address}/feed.json?${query}`),
  };
}

async function apiIds(address: string, query: string): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const page = JSON.parse(await body(`${address}/api/v1/postings?${query}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`)) as {
      items: { id: string }[];
      next: string | null;
    };
    ids.push(...page.items.map(item => item.id));
    cursor = page.next;
  } while (cursor);
  return ids;
}

async function xmlIds(first: string, selector: string): Promise<string[]> {
  const ids: string[] = [];
  for (let url: string | undefined = first; url; ) {
    const $ = load(await body(url), { xml: true });
    $(selector).each((_, element) => void ids.push(publicId($(element).text())));
    url = $('link[rel="next"], atom\\:link[rel="next"]').first().attr('href');
  }
  return ids;
}

async function jsonFeedIds(first: string): Promise<string[]> {
  const ids: string[] = [];
  for (let url: string | undefined = first; url; ) {
    const feed = JSON.parse(await body(url)) as { items: { id: string }[]; next_url?: string };
    ids.push(...feed.items.map(item => publicId(item.id)));
    url = feed.next_url;
  }
  return ids;
}

/** `tag:DOMAIN,YEAR:job/ID` → ID. */
function publicId(tag: string): string {
  return tag.slice(tag.lastIndexOf('/') + 1);
}

async function body(url: string): Promise<string> {
  const answer = await fetch(url);
  if (!answer.ok) throw new OmbreError('E_BUG', `${url} answered ${answer.status}`);
  return answer.text();
}
