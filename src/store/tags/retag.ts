import { type Kysely, sql } from 'kysely';
import type { Classification } from '../../classify/classification.ts';
import type { RetagStore, StoredPosting } from '../../pipeline/reclassify.ts';
import type { StoredTags } from '../../pipeline/rules-diff.ts';
import type { EmploymentType, Place, WorkMode } from '../../posting/posting.ts';
import { ROLE_PATH } from '../../posting/taxonomy.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../schema.ts';
import { versionInForce } from './rules-versions.ts';
import { putTags, tagColumns } from './tags.ts';

/** Postings a classifier has read before, as it read them: from the stored text, never from the network. */
export function readPostings(db: Kysely<Database>) {
  return db
    .selectFrom('postings')
    .innerJoin('posting_texts', 'posting_texts.posting_id', 'postings.id')
    .select([
      'id',
      'title',
      'company',
      'department',
      'requisition',
      'places',
      'stated',
      'url',
      'apply_url',
      'text',
      'truncated',
      'closed_at',
      'facets',
    ])
    .select(eb => eb.selectFrom('sources').select('domain').whereRef('sources.id', '=', 'postings.source_id').as('domain'))
    .select(['relevance', 'primary_path', 'paths', 'roles', 'verdict_ot', 'verdict_ota', 'verdict_pt', 'verdict_pta', 'verdict_slp'])
    .where('relevance', 'is not', null);
}

type Row = Awaited<ReturnType<ReturnType<typeof readPostings>['execute']>>[number];

export function stored(row: Row): StoredPosting {
  return {
    id: row.id,
    truncated: row.truncated,
    domain: row.domain,
    posting: {
      title: row.title,
      company: row.company,
      department: row.department,
      requisition: row.requisition,
      places: row.places as Place[],
      workMode: (row.stated.work_mode ?? null) as WorkMode | null,
      pay: row.stated.pay ?? null,
      employmentTypes: (row.stated.employment_types ?? []) as EmploymentType[],
      postedAt: null,
      closesAt: null,
      closed: row.closed_at !== null,
      url: row.url,
      applyUrl: row.apply_url,
      text: row.text,
    },
  };
}

function tagsOf(row: Row): StoredTags {
  return {
    relevance: row.relevance,
    path: row.primary_path,
    // Roles are stored in the order of the paths; the primary path may have none.
    role: row.roles.find(role => ROLE_PATH.get(role) === row.primary_path) ?? null,
    paths: row.paths,
    roles: row.roles,
    facets: row.facets,
    verdicts: { OT: row.verdict_ot, OTA: row.verdict_ota, PT: row.verdict_pt, PTA: row.verdict_pta, SLP: row.verdict_slp },
  };
}

type Tagged = StoredPosting & { tags: StoredTags };

/** Every classified open posting by id, a page at a time: what a preview of other rules runs over. */
export async function* classifiedPostings(db: Kysely<Database>, page = 500): AsyncGenerator<Tagged> {
  let after = '';
  for (;;) {
    const tagged = await classifiedAfter(db, after, page);
    yield* tagged;
    const last = tagged.at(-1);
    if (!last) return;
    after = last.id;
  }
}

/** Some of them: those that follow an id. */
export async function classifiedAfter(db: Kysely<Database>, after: string, most: number): Promise<Tagged[]> {
  const rows = await readPostings(db).where('id', '>', after).where('closed_at', 'is', null).orderBy('id').limit(most).execute();
  return rows.map(row => ({ ...stored(row), tags: tagsOf(row) }));
}

/** How many open postings are classified, and how many of them by other rules than these. */
export async function taggedCounts(db: Kysely<Database>, version: string): Promise<{ open: number; outdated: number }> {
  const { rows } = await sql<{ open: number; outdated: number }>`select count(*) as open,
    count(*) filter (where rules_version is distinct from ${version}) as outdated
    from postings where relevance is not null and closed_at is null`.execute(db);
  return rows[0]!;
}

/** Whether a posting is stored that other rules have tagged. */
export async function hasOutdated(db: Kysely<Database>, version: string): Promise<boolean> {
  const row = await db
    .selectFrom('postings')
    .select('id')
    .where('relevance', 'is not', null)
    .where('rules_version', 'is distinct from', version)
    // Without its text nothing can be read anew.
    .where(sql<boolean>`not (closed_at is not null and not has_body)`)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Marks every classified posting as tagged by no version, so that all are read again; what a stop leaves is outdated still, and found by the next pass. */
export async function markOutdated(db: Kysely<Database>): Promise<void> {
  await db.updateTable('postings').set({ rules_version: null }).where('rules_version', 'is not', null).execute();
}

/**
 * The store of re-tagging. Rows are claimed by nobody: two at once would write the same tags twice. As soon as another version is in force
 * nothing is outdated any more: what this one would write, that one would write back.
 */
export function retagStore(db: Kysely<Database>, clock: Clock): RetagStore {
  return {
    outdated: async (version, most) => {
      if (((await versionInForce(db)) ?? version) !== version) return [];
      const rows = await readPostings(db)
        .where('rules_version', 'is distinct from', version)
        .orderBy('first_seen', 'desc')
        .limit(most)
        .execute();
      return rows.map(stored);
    },
    put: async tagged => {
      const now = await clock();
      return db.transaction().execute(async trx => {
        let changed = 0;
        for (const { id, classification } of tagged) changed += (await putOne(trx, id, classification, now)) ? 1 : 0;
        return changed;
      });
    },
  };
}

async function putOne(trx: Kysely<Database>, id: string, classification: Classification, now: Date): Promise<boolean> {
  const columns = tagColumns(classification);
  const fingerprint = sql<string>`md5(row(relevance, primary_path, paths, roles, verdict_ot, verdict_ota, verdict_pt, verdict_pta, verdict_slp, facets)::text)`;
  const before = await trx.selectFrom('postings').select(fingerprint.as('print')).where('id', '=', id).forNoKeyUpdate().executeTakeFirst();
  if (!before) return false;
  await trx.updateTable('postings').set(columns).where('id', '=', id).execute();
  await putTags(trx, id, classification);
  const after = await trx.selectFrom('postings').select(fingerprint.as('print')).where('id', '=', id).executeTakeFirstOrThrow();
  if (after.print === before.print) return false;
  await trx.updateTable('postings').set({ updated_at: now }).where('id', '=', id).execute();
  return true;
}
