import type { Kysely } from 'kysely';
import { closesExpired, datesClose } from '../../pipeline/expiry.ts';
import { HAND_BACK_MS } from '../../pipeline/left-visit.ts';
import { medianListed } from '../../pipeline/source-health.ts';
import type { VisitReport, VisitStore } from '../../pipeline/visit-source.ts';
import { isDown, outlasting } from '../../postgres/outage.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../schema.ts';
import { type KindOf, linkDuplicates } from './duplicates.ts';
import { closePostings, countLooks, coverageOf, expiredKeys, knownPostings, openKeys, touchPostings, unseenPostings } from './postings.ts';
import { savePostings } from './save-postings.ts';
import { scheduleNext } from './schedule.ts';
import { pastVisits } from './source-health.ts';
import type { Source } from './sources.ts';
import { putValidators, validatorsOf } from './validators.ts';
import { endVisit, handBackVisit, openVisit } from './visits.ts';

export type OpenedVisitStore = VisitStore & {
  /** Its row in `visits`. */
  id: string;
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
  { kindOf, clock, pool }: { kindOf: KindOf; clock: Clock; pool: Kysely<Database> },
): Promise<OpenedVisitStore> {
  const { id, startedAt, deaths } = await openVisit(db, source.id, await clock());
  const dated = datesClose(kindOf(source.system));
  const visit = async () => ({ sourceId: source.id, now: await clock(), datesClose: dated });
  return {
    id,
    deaths,
    handBack: () => handBack(pool, id),
    known: async () => knownPostings(db, source.id, await clock()),
    validators: version => validatorsOf(db, source.id, version),
    save: async batch => savePostings(db, await visit(), batch),
    touch: async keys => touchPostings(db, await visit(), keys),
    openKeys: () => openKeys(db, source.id),
    usual: async () => medianListed(await pastVisits(db, source.id)),
    unseen: async (seen, looks) => unseenPostings(db, await visit(), seen, looks),
    countLooks: async looks => countLooks(db, await visit(), looks),
    finish: async ({ decision, visited, counts, validators, version }) => {
      const now = await clock();
      const expired = dated && closesExpired(decision) ? await expiredKeys(db, source.id, now) : [];
      const closing = [...decision.gone, ...decision.close, ...expired];
      await linkDuplicates(db, { sourceId: source.id, since: startedAt, closing }, kindOf);
      return db.transaction().execute(async trx => {
        const at = { sourceId: source.id, now };
        const gone = await closePostings(trx, at, decision.gone, 'source_says_gone');
        const missing = await closePostings(trx, at, decision.close, 'not_listed');
        const late = await closePostings(trx, at, expired, 'expired');
        await putValidators(trx, at, validators, version);
        const report: VisitReport = {
          source: source.slug,
          system: source.system,
          outcome: decision.outcome,
          reason: decision.reason,
          requests: visited.requests,
          details: visited.details,
          postings: { ...counts, closed: gone + missing + late, held: decision.hold.length },
        };
        await endVisit(trx, id, report, {
          code: decision.code,
          total: visited.listing.total,
          coverage: await coverageOf(trx, source.id),
          now,
        });
        const { outcome, code, hold, keep } = decision;
        await scheduleNext(trx, source, { outcome, code, held: hold, kept: keep, askedMs: askedMs(visited.listing.retryAt), now });
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
