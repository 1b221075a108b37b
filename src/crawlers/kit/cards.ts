import type { CheerioAPI } from 'cheerio';

type Link = Parameters<CheerioAPI>[0];
type Card = ReturnType<CheerioAPI>;

/**
 * The card of a list that each link stands in, by a selector of what may be one. Null where there is none, or where it holds several postings:
 * what stands in it then says nothing about one of them, and searching it once per link would take for ever.
 */
export function cardsOf($: CheerioAPI, rows: readonly { key: string; link: Link }[], selector: string): (link: Link) => Card | null {
  const keys = new Map<unknown, Set<string>>();
  for (const { key, link } of rows) {
    const card = $(link).closest(selector).get(0);
    if (card) keys.set(card, (keys.get(card) ?? new Set()).add(key));
  }
  return link => {
    const card = $(link).closest(selector).first();
    return keys.get(card.get(0))?.size === 1 ? (card as Card) : null;
  };
}
