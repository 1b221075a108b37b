import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { OmbreError } from '../../errors.ts';
import { medianListed } from '../../pipeline/source-health.ts';
import { databaseNow } from '../clock.ts';
import { type Actor, noteChange } from '../desk/audit.ts';
import type { Database } from '../schema.ts';
import { type KindOf, linkDuplicates } from './duplicates.ts';
import { holdingSource } from './lock.ts';
import { closePostings } from './postings.ts';
import { countOpen } from './retire.ts';
import { pastVisits } from './source-health.ts';
import { sourceById } from './sources.ts';

/** `held`: a suspicious visit would have closed them, and the next one decides. `kept`: an operator said that they are open. */
export type Holding = 'held' | 'kept';

/** Open postings of a source that its board does not show, and why nothing was closed. */
export type HeldClosing = {
  source: { id: number; slug: string; name: string; system: string };
  holding: Holding;
  count: number;
  open: number;
  /** Tells this very set of postings apart from what is there after another visit. */
  print: string;
  /** The visit that held them, or the last one that said anything; null when none is stored. */
  visit: { startedAt: Date; outcome: string; reason: string | null; listed: number; total: number | null; requests: number } | null;
  /** The median of what the complete visits listed; null when there are too few. */
  usual: number | null;
  /** When the next visit decides by itself. */
  nextVisitAt: Date;
  samples: { id: string; title: string; url: string; lastSeen: Date; missed: number }[];
};

const COLUMN = { held: sql.ref('held_keys'), kept: sql.ref('kept_keys') };

/** Every source with closings held or postings kept open; or those of one slug. At most `samples` postings of each are shown. */
export async function heldClosings(
  db: Kysely<Database>,
  { slug, samples = 10 }: { slug?: string; samples?: number } = {},
): Promise<HeldClosing[]> {
  const sources = await db
    .selectFrom('sources')
    .select(['id', 'slug', 'name', 'system', 'next_visit_at', 'held_keys', 'kept_keys'])
    .where('removed_at', 'is', null)
    .where(eb => eb.or([eb('held_keys', 'is not', null), eb('kept_keys', 'is not', null)]))
    .$if(slug !== undefined, query => query.where('slug', '=', slug!))
    .orderBy('slug')
    .execute();
  const found: HeldClosing[] = [];
  for (const { next_visit_at, held_keys, kept_keys, ...source } of sources) {
    for (const holding of ['held', 'kept'] as const) {
      if ((holding === 'held' ? held_keys : kept_keys) === null) continue;
      const keys = await keysOf(db, source.id, holding);
      if (keys.length === 0) continue;
      const [visit, past, shown, open] = await Promise.all([
        lastWord(db, source.id, holding),
        pastVisits(db, source.id),
        samplesOf(db, source.id, keys, samples),
        countOpen(db, source.id),
      ]);
      const about = { visit, usual: medianListed(past), nextVisitAt: next_visit_at, samples: shown };
      found.push({ source, holding, count: keys.length, open, print: printOf(keys), ...about });
    }
  }
  return found;
}

/** `close`: what the board does not show is gone. `keep`: it is open, and not asked about again while the board stays as it is. */
export type Verdict = 'close' | 'keep';

/** `changed`: a visit has made another set of it meanwhile. */
export type Settled = { done: true; count: number; auditId: number } | { done: false; why: 'changed' | 'nothing' };

/**
 * Settles what is held, or closes what was kept, as an operator says, and notes that in the audit in the same transaction. A closing is one like
 * any other: duplicates are decided anew before it, and every surface learns of it. Throws E_BUSY while the source is visited.
 * @param print the set that the operator saw; without it whatever is held
 */
export async function settleHeld(
  db: Kysely<Database>,
  { sourceId, holding, verdict, print, actor }: { sourceId: number; holding: Holding; verdict: Verdict; print?: string; actor: Actor },
  kindOf: KindOf,
): Promise<Settled> {
  const settled = await holdingSource(db, sourceId, new AbortController().signal, async (held): Promise<Settled> => {
    const source = await sourceById(held, sourceId);
    const keys = await keysOf(held, sourceId, holding);
    if (!source || keys.length === 0) return { done: false, why: 'nothing' };
    if (print !== undefined && print !== printOf(keys)) return { done: false, why: 'changed' };
    if (verdict === 'close') await linkDuplicates(held, { sourceId, since: FAR_FUTURE, closing: keys }, kindOf);
    const now = await databaseNow(held);
    return held.transaction().execute(async trx => {
      const count = verdict === 'close' ? await closePostings(trx, { sourceId, now }, keys, 'not_listed') : keys.length;
      await trx
        .updateTable('sources')
        .set(after(holding, verdict, keys, source.kept_keys))
        .where('id', '=', sourceId)
        .execute();
      const change = {
        what: verdict === 'close' ? 'closures.approve' : 'closures.reject',
        target: source.slug,
        before: { [holding]: keys.length },
        after: { [verdict === 'close' ? 'closed' : 'kept']: count },
      };
      return { done: true, count, auditId: await noteChange(trx, actor, change) };
    });
  });
  if (settled === null) throw new OmbreError('E_BUSY', 'a visit of the source runs; try again when it has ended');
  return settled;
}

/** No posting has changed since then: only those that are closing are compared. */
const FAR_FUTURE = new Date('9999-01-01T00:00:00Z');

function after(holding: Holding, verdict: Verdict, keys: string[], kept: readonly string[] | null) {
  if (verdict === 'keep') return { held_keys: null, kept_keys: [...new Set([...(kept ?? []), ...keys])] };
  return holding === 'held' ? { held_keys: null } : { kept_keys: null };
}

/** The keys of a holding whose postings are open still, in one order. */
async function keysOf(db: Kysely<Database>, sourceId: number, holding: Holding): Promise<string[]> {
  const { rows } = await sql<{ key: string }>`select p.key from sources s join postings p on p.source_id = s.id and p.closed_at is null
    where s.id = ${sourceId} and p.key = any(s.${COLUMN[holding]}) order by p.key collate "C"`.execute(db);
  return rows.map(({ key }) => key);
}

function printOf(keys: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(keys)).digest('base64url').slice(0, 22);
}

async function samplesOf(db: Kysely<Database>, sourceId: number, keys: string[], most: number): Promise<HeldClosing['samples']> {
  const rows = await db
    .selectFrom('postings')
    .select(['id', 'title', 'url', 'last_seen as lastSeen', 'missed'])
    .where('source_id', '=', sourceId)
    .where(sql<boolean>`key = any(${keys}::text[])`)
    .orderBy(sql`(relevance = 'nonclinical') desc nulls last`)
    .orderBy('title')
    .limit(most)
    .execute();
  return rows;
}

async function lastWord(db: Kysely<Database>, sourceId: number, holding: Holding): Promise<HeldClosing['visit']> {
  const row = await db
    .selectFrom('visits')
    .select(['started_at as startedAt', 'outcome', 'reason', 'listed', 'total', 'requests'])
    .where('source_id', '=', sourceId)
    .where('outcome', 'in', holding === 'held' ? ['suspicious'] : ['suspicious', 'complete', 'partial'])
    .orderBy('started_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? { ...row, outcome: String(row.outcome) } : null;
}
