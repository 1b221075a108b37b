import { type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import { hasPassed } from '../../pipeline/expiry.ts';
import type { Prepared } from '../../pipeline/prepare.ts';
import type { Saved } from '../../pipeline/visit-source.ts';
import { asJson, columnList, partsOf, rowsFor } from '../rows.ts';
import type { Database, PostingsTable } from '../schema.ts';
import { versionInForce } from '../tags/rules-versions.ts';
import { addTags, dropTags } from '../tags/tags.ts';
import { isForgotten } from './forget.ts';
import { type NewRow, rowOf } from './new-row.ts';

/** The visit that stores; `datesClose`: postings close by the date they state. */
type SavingVisit = { sourceId: number; now: Date; datesClose?: boolean };

type Before = Pick<Selectable<PostingsTable>, 'id' | 'content_hash' | 'rules_version' | 'has_body' | 'closed_at' | 'closes_at'>;

/** A posting on its way: as it would be stored anew, as it is stored, and whether its own closing date has passed and closes it. */
type Saving = { item: Prepared; row: NewRow; old: Before | undefined; expired: boolean };

/**
 * Stores a batch in one transaction, with one statement for each table and each way of being stored. A posting whose content and rules are as
 * stored gets no more than `last_seen`, and so does one whose tags are of the version in force when this process runs another; one that was
 * closed and is back is reopened under its old id, unless its own closing date has passed and that closes it (`datesClose`). Storing the same
 * batch twice changes nothing. Of two postings with one id in a batch the later one is stored.
 */
export async function savePostings(db: Kysely<Database>, visit: SavingVisit, batch: Prepared[]): Promise<Saved> {
  const items = [...new Map(batch.map(item => [item.id, item])).values()];
  return await db.transaction().execute(async trx => {
    const stored = await storedOf(
      trx,
      items.map(item => item.id),
    );
    const inForce = await versionInForce(trx);
    const fresh: Saving[] = [];
    const renewed: Saving[] = [];
    const changed: Saving[] = [];
    for (const item of items) {
      const saving = savingOf(item, visit, stored.get(item.id));
      if (!saving.old) fresh.push(saving);
      // A stub tells less than what is stored, and an unchanged posting nothing new: only what the list says is renewed.
      else if ((item.seen.as !== 'read' && !losesText(saving)) || isStored(saving.old, saving.row, inForce)) renewed.push(saving);
      else changed.push(saving);
    }
    await insert(trx, visit, fresh);
    await renew(trx, visit, renewed);
    await change(trx, visit, changed);
    await putTexts(trx, [...fresh, ...changed]);
    const retagged = changed.map(({ item }) => item.id);
    await dropTags(trx, retagged);
    await addTags(
      trx,
      [...fresh, ...changed].map(({ item }) => item),
    );
    return { new: fresh.length, changed: changed.length, unchanged: renewed.length };
  });
}

function savingOf(item: Prepared, visit: SavingVisit, old: Before | undefined): Saving {
  const row = rowOf(item, visit);
  const closes = item.seen.as === 'read' || !old ? row.closes_at : old.closes_at;
  return { item, row, old, expired: visit.datesClose === true && hasPassed(closes, visit.now) };
}

function isStored(old: Before, row: NewRow, inForce: string | null): boolean {
  const tagsStand = old.rules_version === row.rules_version || (old.rules_version !== null && old.rules_version === inForce);
  return old.content_hash === row.content_hash && tagsStand && old.has_body === row.has_body;
}

/** A stub of a posting whose text is forgotten is stored like a new one, so that it can be found by its title at least. */
function losesText({ item, old }: Saving): boolean {
  return item.seen.as === 'stub' && old !== undefined && isForgotten(old);
}

async function storedOf(trx: Transaction<Database>, ids: string[]): Promise<Map<string, Before>> {
  if (ids.length === 0) return new Map();
  const rows = await trx
    .selectFrom('postings')
    .select(['id', 'content_hash', 'rules_version', 'has_body', 'closed_at', 'closes_at'])
    .where('id', 'in', ids)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
  return new Map(rows.map(row => [row.id, row]));
}

async function insert(trx: Transaction<Database>, { now }: SavingVisit, savings: readonly Saving[]): Promise<void> {
  if (savings.length === 0) return;
  const rows = savings.map(({ row, expired }) => (expired ? { ...row, closed_at: now, closed_reason: 'expired' } : row));
  // What triage dropped names fewer columns than what was classified.
  const columns = columnList([...new Set(rows.flatMap(row => Object.keys(row)))]);
  await sql`insert into postings (${columns}) select ${columns} from ${rowsFor('postings', rows)}`.execute(trx);
}

/** What every posting says of having been seen again: an open one that has expired is closed at the end of the visit, with all else that closes. */
function again({ old, expired }: Saving) {
  return { expired, reopens: !expired && old !== undefined && old.closed_at !== null };
}

/** Reads `r.expired` and `r.reopens` of `again`. */
function seenAgain(now: Date) {
  return sql`last_seen = ${now}, missed = 0,
    looked_at = case when r.expired then ${now}::timestamptz else p.looked_at end,
    closed_at = case when r.reopens then null else p.closed_at end,
    closed_reason = case when r.reopens then null else p.closed_reason end,
    reopened_at = case when r.reopens then ${now}::timestamptz else p.reopened_at end`;
}

async function renew(trx: Transaction<Database>, { now }: SavingVisit, savings: readonly Saving[]): Promise<void> {
  if (savings.length === 0) return;
  const rows = savings.map(saving => {
    const { id, list_hash, triage, triage_version, not_understood, closes_at } = saving.row;
    return { id, list_hash, triage, triage_version, not_understood, closes_at, read: saving.item.seen.as === 'read', ...again(saving) };
  });
  await sql`update postings p set ${seenAgain(now)},
      list_hash = r.list_hash, triage = r.triage, triage_version = r.triage_version,
      not_understood = case when r.read then r.not_understood else p.not_understood end,
      closes_at = case when r.read then r.closes_at else p.closes_at end,
      updated_at = case when r.reopens then ${now}::timestamptz else p.updated_at end
    from jsonb_to_recordset(${asJson(rows)}::jsonb) as r (id text, list_hash text, triage text, triage_version text, not_understood jsonb,
      closes_at timestamptz, read boolean, expired boolean, reopens boolean)
    where p.id = r.id`.execute(trx);
}

/** What stays of a posting whose content has changed. */
const KEPT = ['id', 'first_seen', 'last_seen', 'updated_at', 'closed_at', 'closed_reason', 'reopened_at'];

async function change(trx: Transaction<Database>, { now }: SavingVisit, savings: readonly Saving[]): Promise<void> {
  if (savings.length === 0) return;
  const columns = [...new Set(savings.flatMap(({ row }) => Object.keys(row)))].filter(name => !KEPT.includes(name));
  const set = sql.join(columns.map(name => sql`${sql.ref(name)} = ${sql.ref(`n.${name}`)}`));
  const rows = savings.map(({ row }) => row);
  const seen = savings.map(saving => ({ id: saving.row.id, ...again(saving) }));
  await sql`update postings p set ${set}, ${seenAgain(now)}, updated_at = ${now}
    from ${rowsFor('postings', rows)} n
    join jsonb_to_recordset(${asJson(seen)}::jsonb) as r (id text, expired boolean, reopens boolean) using (id)
    where p.id = n.id`.execute(trx);
}

/** What of texts goes to Postgres in one statement at most, in characters: a posting may have a million of them. */
const MOST_TEXT = 4_000_000;

/** Title before employer before body; the body is cut where a tsvector could grow past its limit of 1 MB. */
async function putTexts(trx: Transaction<Database>, savings: readonly Saving[]): Promise<void> {
  for (const part of partsOf(savings, MOST_TEXT, ({ item: { posting } }) => posting.html.length + posting.text.length)) {
    const rows = part.map(({ item: { id, hasBody, posting } }) => {
      const { html, text, title, company } = posting;
      return {
        posting_id: id,
        html,
        text,
        truncated: !hasBody,
        title,
        company: company ?? '',
        searched: text.length > 150_000 ? text.slice(0, 150_000) : null,
      };
    });
    await sql`insert into posting_texts (posting_id, html, text, truncated, search)
      select posting_id, html, text, truncated, setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', company), 'B')
        || setweight(to_tsvector('english', coalesce(searched, text)), 'C')
      from jsonb_to_recordset(${asJson(rows)}::jsonb) as r (posting_id text, html text, text text, truncated boolean, title text, company text, searched text)
      on conflict (posting_id) do update set html = excluded.html, text = excluded.text, truncated = excluded.truncated, search = excluded.search`.execute(
      trx,
    );
  }
}
