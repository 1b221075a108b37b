import type { Kysely } from 'kysely';
import { medianListed } from '../pipeline/health.ts';
import type { VisitReport, VisitStore } from '../pipeline/visit-source.ts';
import { type KindOf, linkDuplicates } from './duplicates.ts';
import { pastVisits } from './health.ts';
import { closePostings, coverageOf, knownPostings, openKeys, savePostings, touchPostings } from './postings.ts';
import type { Database } from './schema.ts';
import { type Source, scheduleNext } from './sources.ts';
import { strikePostings, unseenPostings } from './strikes.ts';
import { putValidators, validatorsOf } from './validators.ts';
import { endVisit, openVisit } from './visits.ts';

/** The store of one visit of one source. Opens the visit, or takes up the one a killed process left. */
export async function openVisitStore(db: Kysely<Database>, source: Source, kindOf: KindOf, clock: () => Date): Promise<VisitStore> {
  const { id, startedAt } = await openVisit(db, source.id, clock());
  const visit = () => ({ sourceId: source.id, visitId: id, now: clock() });
  return {
    known: () => knownPostings(db, source.id),
    validators: version => validatorsOf(db, source.id, version),
    save: batch => savePostings(db, visit(), batch),
    touch: keys => touchPostings(db, visit(), keys),
    openKeys: () => openKeys(db, source.id),
    usual: async () => medianListed(await pastVisits(db, source.id)),
    unseen: (seen, most) => unseenPostings(db, visit(), seen, most),
    strike: looks => strikePostings(db, visit(), looks),
    finish: async ({ decision, visited, counts, validators, version }) => {
      await linkDuplicates(db, { sourceId: source.id, since: startedAt, closing: [...decision.gone, ...decision.close] }, kindOf);
      return db.transaction().execute(async trx => {
        const now = clock();
        const gone = await closePostings(trx, source.id, decision.gone, 'source_says_gone', now);
        const missing = await closePostings(trx, source.id, decision.close, 'not_listed', now);
        await putValidators(trx, source.id, validators, version, now);
        const report: VisitReport = {
          source: source.slug,
          system: source.system,
          outcome: decision.outcome,
          reason: decision.reason,
          requests: visited.requests,
          details: visited.details,
          postings: { ...counts, closed: gone + missing, held: decision.hold.length },
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
        await scheduleNext(trx, source, { outcome: report.outcome, held: decision.hold, retryAt: visited.listing.retryAt, now });
        return report;
      });
    },
  };
}
