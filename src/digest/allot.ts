import type { News } from '../store/schema.ts';

/** So many postings at most are shown in a mail of several filters; Gmail cuts off what is much longer. */
const MOST_OF_SEVERAL = 40;
const MOST_OF_EMPLOYER = 5;
/** Which of several news of a posting is told: all are one entry. */
const FIRST_NEWS: readonly News[] = ['new', 'open_again', 'raised'];

type Item = { posting_id: string; news: News; company: string | null };
/** Where the items of a section are told: in the mail, behind its link, or elsewhere in the same mail. */
type Places<T> = { mailed: T[]; linked: T[]; elsewhere: T[] };

/**
 * Shares out the postings of a mail among its filters, so that each is told once: shown under the first filter that has room for it, else
 * behind the link of the first one that found it. `most` is what a section may show when it has the mail for itself. Pure.
 */
export function allot<T extends Item>(sections: readonly { items: readonly T[]; most: number }[]): Places<T>[] {
  const told = sections.map(({ items }) => onceEach(items));
  const room = sections.length === 1 ? [sections[0]!.most] : fairShares(told.map((items, n) => Math.min(items.length, sections[n]!.most)));
  const taken = new Set<string>();
  const fresh = (items: readonly T[]) => items.filter(item => !taken.has(item.posting_id));
  const take = (items: readonly T[]) => {
    for (const item of items) taken.add(item.posting_id);
    return new Set(items);
  };
  const mailed = told.map((items, n) => take(choose(fresh(items), room[n]!).mailed));
  const linked = told.map(items => take(fresh(items)));
  return sections.map(({ items }, n) => ({
    mailed: items.filter(item => mailed[n]!.has(item)),
    linked: items.filter(item => linked[n]!.has(item)),
    elsewhere: items.filter(item => !mailed[n]!.has(item) && !linked[n]!.has(item)),
  }));
}

/** Of each posting the news that is told. */
function onceEach<T extends Item>(items: readonly T[]): T[] {
  const first = new Map<string, T>();
  for (const item of items) {
    const other = first.get(item.posting_id);
    if (!other || FIRST_NEWS.indexOf(item.news) < FIRST_NEWS.indexOf(other.news)) first.set(item.posting_id, item);
  }
  return items.filter(item => first.get(item.posting_id) === item);
}

/** What each may show when all together may show no more than a mail of several: what one does not need is the others'. Pure. */
export function fairShares(wanted: readonly number[]): number[] {
  const shares = wanted.map(() => 0);
  let left = MOST_OF_SEVERAL;
  const byNeed = [...wanted.keys()].sort((a, b) => wanted[a]! - wanted[b]!);
  for (const [place, n] of byNeed.entries()) {
    shares[n] = Math.min(wanted[n]!, Math.max(1, Math.floor(left / (byNeed.length - place))));
    left -= shares[n];
  }
  return shares;
}

/**
 * The newest, and of one employer only so many: one that posts a hundred openings at once must not fill the mail, unless nothing else would.
 * Both lists keep the order given.
 */
export function choose<T extends { company: string | null }>(items: readonly T[], most: number): { mailed: T[]; linked: T[] } {
  const perEmployer = new Map<string, number>();
  const chosen = new Set<T>();
  const beyond: T[] = [];
  for (const item of items) {
    const count = item.company === null ? 0 : (perEmployer.get(item.company) ?? 0);
    if (chosen.size >= most) break;
    if (count >= MOST_OF_EMPLOYER) beyond.push(item);
    else {
      chosen.add(item);
      if (item.company !== null) perEmployer.set(item.company, count + 1);
    }
  }
  for (const item of beyond.slice(0, most - chosen.size)) chosen.add(item);
  return { mailed: items.filter(item => chosen.has(item)), linked: items.filter(item => !chosen.has(item)) };
}
