import type { Kysely } from 'kysely';
import { medianListed } from '../../pipeline/source-health.ts';
import type { VisitReport, VisitStore } from '../../pipeline/visit-source.ts';
import { isDown, outlasting } from '../../postgres/outage.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../schema.ts';
import { type KindOf, linkDuplicates } from './duplicates.ts';
import { expiredKeys } from './expiry.ts';
import { closePostings, coverageOf, knownPostings, openKeys, savePostings, touchPostings } from './postings.ts';
import { scheduleNext } from './schedule.ts';
import { pastVisits } from './source-health.ts';
import type { Source } from './sources.ts';
import { strikePostings, unseenPostings } from './strikes.ts';
import { putValidators, validatorsOf } from './validators.ts';
import { endVisit, handBackVisit, openVisit } from './visits.ts';

/** A visit whose session was lost is given back as soon as the database answers again; after that long it counts as one that died. */
const HAND_BACK_MS = 600_000;

export type OpenedVisitStore = VisitStore & {
  /** Notes that the visit is given back as it is, for whoever takes it up next: no process has died of it. */
  handBack(): Promise<void>;
};

/**
 * The store of one visit of one source. Opens the visit, or takes up the one a killed process left.
 * @param db writes only while this process holds the source
 * @param pool other connections, for what is left to do when that one is lost
 */
export async function openVisitStore(
  db: Kysely<Database>,
  source: Source,
  kindOf: KindOf,
  clock: Clock,
  pool: Kysely<Database>,
): Promise<OpenedVisitStore> {
  const { id, startedAt, deaths } = await openVisit(db, source.id, await clock());
  // An employer's own board says itself what is open; elsewhere old pages stay up, and the date they state is what counts.
  const datesClose = kindOf(source.system) !== 'ats';
  const visit = async () => ({ sourceId: source.id, visitId: id, now: await clock(), datesClose });
  return {
    deaths,
    handBack: () => handBack(pool, id),
    known: async () => knownPostings(db, source.id, await clock()),
    validators: version => validatorsOf(db, source.id, version),
    save: async batch => savePostings(db, await visit(), batch),
    touch: async keys => touchPostings(db, await visit(), keys),
    openKeys: () => openKeys(db, source.id),
    usual: async () => medianListed(await pastVisits(db, source.id)),
    unseen: async (seen, most) => unseenPostings(db, await visit(), seen, most),
    strike: async looks => strikePostings(db, await visit(), looks),
    finish: async ({ decision, visited, counts, validators, version }) => {
      const now = await clock();
      const read = decision.outcome === 'complete' || decision.outcome === 'partial';
      const expired = datesClose && read ? await expiredKeys(db, source.id, now) : [];
      const closing = [...decision.gone, ...decision.close, ...expired];
      await linkDuplicates(db, { sourceId: source.id, since: startedAt, closing }, kindOf);
      return db.transaction().execute(async trx => {
        const gone = await closePostings(trx, source.id, decision.gone, 'source_says_gone', now);
        const missing = await closePostings(trx, source.id, decision.close, 'not_listed', now);
        const late = await closePostings(trx, source.id, expired, 'expired', now);
        await putValidators(trx, source.id, validators, version, now);
        const report: VisitReport = {
          source: source.slug,
          system: source.system,
          outcome: decision.outcome,
          reason: decision.reason,
          requests: visited.requests,
          details: visited.details,
          postings: { ...counts, closed: gone + missing + late, held: decision.hold.length },
        };
        await endVisit(
          trx,
          id,
          {
            outcome: report.outcome,
            reason: report.reason,
            requests: report.requests,
            listed: counts.listed,
            total: visited.listing.total,
            details: report.details,
            postings: report.postings,
            coverage: await coverageOf(trx, source.id),
          },
          now,
        );
        const { outcome, code, hold } = decision;
        await scheduleNext(trx, source, { outcome, code, held: hold, askedMs: askedMs(visited.listing.retryAt), now });
        return report;
      });
    },
  };
}

async function handBack(pool: Kysely<Database>, id: string): Promise<void> {
  try {
    await handBackVisit(pool, id);
  } catch (error) {
    if (!isDown(error)) throw error;
    // Nobody waits for it: the visit may be taken up before, the count comes out the same. What fails in the end counts as a death.
    void outlasting(HAND_BACK_MS, () => handBackVisit(pool, id)).catch(() => undefined);
  }
}

/** The engine tells the end of a pause by this process's clock, right or wrong; from now on it is a length of time. */
function askedMs(retryAt: string | null): number | null {
  return retryAt === null ? null : Date.parse(retryAt) - Date.now();
}
