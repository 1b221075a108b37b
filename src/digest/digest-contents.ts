import type { Kysely } from 'kysely';
import { parseQuery } from '../feed/filter.ts';
import type { Site } from '../feed/site.ts';
import { type ToldItem, toldItems } from '../store/digest/items.ts';
import type { Claim } from '../store/digest/outbox.ts';
import { type MailSection, mailSections } from '../store/digest/sections.ts';
import { feedPosting, type PostingDetail } from '../store/feed/postings.ts';
import type { Database } from '../store/schema.ts';
import { isRaise } from './again.ts';
import type { Keyring } from './keys.ts';
import { linksOf, mailLinks, restLink } from './links.ts';
import type { Mail } from './mail.ts';
import { digestMail } from './mail-digest.ts';
import { type MailPosting, mailPosting } from './mail-posting.ts';
import type { Section, ToldPosting } from './mail-section.ts';
import { countNews } from './news.ts';

/** Postings of a run by id: subscribers share most of them. */
export type KnownPostings = Map<string, Promise<MailPosting | null>>;

type Ground = { db: Kysely<Database>; site: Site; keys: Keyring; known: KnownPostings; postalAddress: string | null };

/** The mail of a digest as the ledger has it, of what is open still; null when nothing in it is. */
export async function digestOf(ground: Ground, { id, dated_at: now }: Claim): Promise<Mail | null> {
  const { db, site, keys, postalAddress } = ground;
  const rows = await mailSections(db, id);
  const items = await Promise.all(
    rows.map(row => toldItems(db, { mail: id, subscription: row.subscription_id }, parseQuery(row.query).include)),
  );
  const open = items.map(told => told.filter(item => item.open));
  const told = new Set(open.flat().flatMap(item => (item.place === 'elsewhere' ? [] : [item.posting_id])));
  const sections: Section[] = [];
  for (const [n, row] of rows.entries()) {
    const section = await sectionOf(ground, row, open[n]!, told);
    if (section) sections.push(section);
  }
  const [first, ...others] = sections;
  if (!first || sections.every(({ postings }) => postings.length === 0)) return null;
  const links = others.length === 0 ? first.links : mailLinks(site, keys, id, first.links);
  return digestMail({ site, sections: [first, ...others], links, postalAddress, now, rest: last => restLink(site, keys, id, last) });
}

/** What a mail tells one of its subscriptions, of its open items; `told` are all postings the mail tells. Null when that is nothing any more. */
async function sectionOf(ground: Ground, row: MailSection, open: readonly ToldItem[], told: ReadonlySet<string>): Promise<Section | null> {
  const { subscription_id, query, every, weekday, hour, zone } = row;
  const own = open.filter(({ place }) => place !== 'elsewhere');
  const ids = new Set(own.map(({ posting_id }) => posting_id));
  const elsewhere = new Set(open.map(({ posting_id }) => posting_id).filter(id => told.has(id) && !ids.has(id))).size;
  if (own.length + elsewhere === 0) return null;
  const linked = own.filter(({ place }) => place === 'linked');
  const mailed = await postingsOf(
    ground,
    own.filter(({ place }) => place === 'mailed'),
  );
  // Where all that was to be shown has closed, the first ones behind the link are: its page begins behind what the mail shows last.
  const postings = mailed.length > 0 ? mailed : await postingsOf(ground, linked.slice(0, MOST_MOVED_UP));
  const counts = countNews(mailed.length > 0 ? [...mailed, ...linked] : linked);
  const links = linksOf(ground.site, ground.keys, subscription_id);
  return { query, rhythm: { every, weekday, hour, zone }, links, postings, counts, elsewhere };
}

const MOST_MOVED_UP = 5;

async function postingsOf({ db, known }: Ground, items: readonly ToldItem[]): Promise<ToldPosting[]> {
  const postings: ToldPosting[] = [];
  for (const item of items) {
    const posting = await postingOf(db, known, item.posting_id);
    if (posting && isStill(item, posting)) postings.push({ posting, news: item.news, payBefore: item.pay_before });
  }
  return postings;
}

/** Pay may have fallen since the mail was made. */
function isStill({ news, pay_before }: ToldItem, { pay }: MailPosting): boolean {
  return news !== 'raised' || isRaise(pay_before, pay);
}

async function postingOf(db: Kysely<Database>, known: KnownPostings, id: string): Promise<MailPosting | null> {
  const read = known.get(id) ?? feedPosting(db, id).then(found => found && withoutText(found));
  known.set(id, read);
  return await read;
}

function withoutText({ text, tags: _, ...posting }: PostingDetail): MailPosting {
  return mailPosting({ ...posting, text: null }, text);
}
