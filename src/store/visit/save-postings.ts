import { type Insertable, type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import { hasPassed } from '../../pipeline/expiry.ts';
import type { Prepared } from '../../pipeline/prepare.ts';
import type { Saved } from '../../pipeline/visit-source.ts';
import { statesOf } from '../../posting/places.ts';
import type { Database, PostingsTable } from '../schema.ts';
import { versionInForce } from '../tags/rules-versions.ts';
import { putTags, tagColumns } from '../tags/tags.ts';

/** The visit that stores; `datesClose`: postings close by the date they state. */
type SavingVisit = { sourceId: number; now: Date; datesClose?: boolean };

/**
 * Stores a batch in one transaction. A posting whose content and rules are as stored gets no more than `last_seen`, and so does one whose tags
 * are of the version in force when this process runs another; one that was closed and is back is reopened under its old id, unless its own
 * closing date has passed and that closes it (`datesClose`). Storing the same batch twice changes nothing.
 */
export async function savePostings(db: Kysely<Database>, visit: SavingVisit, batch: Prepared[]): Promise<Saved> {
  const saved: Saved = { new: 0, changed: 0, unchanged: 0 };
  await db.transaction().execute(async trx => {
    const stored = await storedOf(
      trx,
      batch.map(item => item.id),
    );
    const inForce = await versionInForce(trx);
    for (const item of batch) {
      const old = stored.get(item.id);
      const row = rowOf(item, visit);
      const closes = item.seen.as === 'read' || !old ? row.closes_at : old.closes_at;
      const expired = visit.datesClose === true && hasPassed(closes, visit.now);
      if (!old) {
        await trx
          .insertInto('postings')
          .values(expired ? { ...row, closed_at: visit.now, closed_reason: 'expired' } : row)
          .execute();
        await putBody(trx, item);
        saved.new += 1;
      } else if (item.seen.as !== 'read' || isStored(old, row, inForce)) {
        // A stub tells less than what is stored, and an unchanged posting nothing new: only what the list says is renewed.
        await trx
          .updateTable('postings')
          .set({ ...seenNow(visit, old, expired), ...listedNow(item, row), closes_at: closes })
          .where('id', '=', item.id)
          .execute();
        saved.unchanged += 1;
      } else {
        const { id: _id, first_seen: _first, closed_at: _closed, closed_reason: _why, reopened_at: _again, ...fresh } = row;
        await trx
          .updateTable('postings')
          .set({ ...fresh, ...seenNow(visit, old, expired), updated_at: visit.now })
          .where('id', '=', item.id)
          .execute();
        await putBody(trx, item);
        saved.changed += 1;
      }
    }
  });
  return saved;
}

/** What is renewed of a posting without news; a stub tells less than what was understood before. */
function listedNow({ seen }: Prepared, { list_hash, triage, triage_version, not_understood }: Insertable<PostingsTable>) {
  return { list_hash, triage, triage_version, ...(seen.as === 'read' ? { not_understood } : {}) };
}

type Before = Pick<Selectable<PostingsTable>, 'id' | 'content_hash' | 'rules_version' | 'has_body' | 'closed_at' | 'closes_at'>;

function isStored(old: Before, row: Insertable<PostingsTable>, inForce: string | null): boolean {
  const tagsStand = old.rules_version === row.rules_version || (old.rules_version !== null && old.rules_version === inForce);
  return old.content_hash === row.content_hash && tagsStand && old.has_body === row.has_body;
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

function seenNow(visit: { now: Date }, old: { closed_at: Date | null }, expired: boolean) {
  const seen = { last_seen: visit.now, missed: 0 };
  // An open one is closed at the end of the visit, with everything else that closes.
  if (expired) return { ...seen, looked_at: visit.now };
  return old.closed_at === null ? seen : { ...seen, closed_at: null, closed_reason: null, reopened_at: visit.now, updated_at: visit.now };
}

function rowOf(item: Prepared, visit: SavingVisit): Insertable<PostingsTable> {
  const { posting, seen } = item;
  return {
    id: item.id,
    source_id: visit.sourceId,
    key: posting.key,
    url: posting.url,
    apply_url: posting.applyUrl,
    title: posting.title,
    company: posting.company,
    department: posting.department,
    requisition: posting.requisition,
    places: JSON.stringify(posting.places),
    states: statesOf(posting.places),
    posted_at: notAfter(instantOf(posting.postedAt?.value), visit.now),
    posted_precision: posting.postedAt?.precision ?? null,
    posted_from: posting.postedAt?.from ?? null,
    closes_at: closingInstant(posting.closesAt?.value),
    first_seen: visit.now,
    last_seen: visit.now,
    updated_at: visit.now,
    closed_at: null,
    closed_reason: null,
    reopened_at: null,
    duplicate_of: null,
    content_hash: item.contentHash,
    list_hash: seen.listHash,
    has_body: item.hasBody,
    triage: seen.triage.keep ? 'keep' : 'drop',
    triage_version: seen.triage.version,
    employment_types: posting.employmentTypes,
    work_mode: posting.workMode,
    pay: posting.pay ? JSON.stringify(posting.pay) : null,
    not_understood: JSON.stringify(item.notUnderstood),
    stated: JSON.stringify({ work_mode: posting.workMode, pay: posting.pay, employment_types: posting.employmentTypes }),
    ...tagColumns(item.classification),
  };
}

/** Whatever clock the page was read by: nothing was posted later than it is seen. */
function notAfter(instant: string | null, now: Date): string | null {
  return instant !== null && Date.parse(instant) > now.getTime() ? now.toISOString() : instant;
}

/** A day or month stands for its first moment in UTC; its precision is kept beside it. */
function instantOf(value: string | undefined): string | null {
  if (!value) return null;
  if (value.length === 7) return `${value}-01T00:00:00Z`;
  return value.length === 10 ? `${value}T00:00:00Z` : value;
}

/** A month in which something closes stands for its last day: nothing is closed before it may be. */
function closingInstant(value: string | undefined): string | null {
  if (value?.length !== 7) return instantOf(value);
  const [year, month] = value.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, month, 0)).toISOString();
}

async function putBody(trx: Transaction<Database>, item: Prepared): Promise<void> {
  const { posting } = item;
  const text = { html: posting.html, text: posting.text, truncated: !item.hasBody };
  const search = searchVector(posting.title, posting.company, posting.text);
  await trx
    .insertInto('posting_texts')
    .values({ posting_id: item.id, ...text, search })
    .onConflict(conflict => conflict.column('posting_id').doUpdateSet({ ...text, search }))
    .execute();
  await putTags(trx, item.id, item.classification);
}

/** Title before employer before body; the body is cut where a tsvector could grow past its limit of 1 MB. */
function searchVector(title: string, company: string | null, text: string) {
  return sql<string>`setweight(to_tsvector('english', ${title}), 'A') || setweight(to_tsvector('english', ${company ?? ''}), 'B') || setweight(to_tsvector('english', ${text.slice(0, 150_000)}), 'C')`;
}
