import type { Page, PageReading } from '../adapter.ts';
import { judge, unknown } from './reading.ts';
import { childrenOf, parseXml, type XmlNode } from './xml.ts';

/** An RSS 2.0 page as its channel and items, or the reading that says why there is none. */
export function openRss(page: Page): { channel: XmlNode; entries: XmlNode[] } | { refused: PageReading } {
  const refused = judge(page);
  if (refused) return { refused };
  const parsed = parseXml(page.body);
  if ('why' in parsed) return { refused: unknown(parsed.why) };
  const channel = childrenOf(parsed.root, 'channel')[0];
  if (parsed.root.name !== 'rss' || !channel) return { refused: unknown(`no RSS channel in the answer, but <${parsed.root.name}>`) };
  return { channel, entries: childrenOf(channel, 'item') };
}

/** The first text that is not blank among the children of a name: a feed's `atom:link` has none where its `link` has. */
export function firstText(node: XmlNode | undefined, ...names: string[]): string | null {
  for (const name of names) {
    const said = childrenOf(node, name).find(child => child.text !== '')?.text;
    if (said) return said;
  }
  return null;
}
