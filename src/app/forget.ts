import { forgetWritten } from '../digest/outbox-files.ts';
import { outboxFolder } from '../digest/settings.ts';
import { messageOf } from '../errors.ts';
import { forgetTagReports } from '../store/tags/tag-reports.ts';
import { forgetTexts, forgetVisits } from '../store/visit/forget.ts';
import type { Parts } from './parts.ts';

/** Days after they were handled. */
const REPORTS_DAYS = 400;
/** Of mails that were written to a folder instead of being sent: they hold addresses. */
const WRITTEN_DAYS = 90;
/** Rows of a kind in one run, so that a first one over years of them holds up nothing: the next minute goes on. */
const AT_ONCE = 500;
const DAY_MS = 86_400_000;

/** Deletes a batch of everything that is kept no longer; docs/operating.md tells what is kept how long. Digests tidy their own tables. */
export async function forgetOld({ db, log, config }: Pick<Parts, 'db' | 'log' | 'config'>): Promise<void> {
  const { KEEP_TEXTS_DAYS: texts, KEEP_VISITS_DAYS: visits } = config;
  const forgotten = {
    texts: texts > 0 ? await forgetTexts(db, texts, AT_ONCE) : 0,
    visits: visits > 0 ? await forgetVisits(db, visits, AT_ONCE) : 0,
    reports: await forgetTagReports(db, REPORTS_DAYS, AT_ONCE),
    mails: await oldMails({ log, config }),
  };
  if (Object.values(forgotten).some(count => count > 0)) log.info(forgotten, 'what is kept no longer was deleted');
}

/** A folder that cannot be read must not keep a worker from its sources. */
async function oldMails({ log, config }: Pick<Parts, 'log' | 'config'>): Promise<number> {
  try {
    return await forgetWritten(outboxFolder(config), new Date(Date.now() - WRITTEN_DAYS * DAY_MS));
  } catch (error) {
    log.warn(`old mails were not deleted: ${messageOf(error)}`);
    return 0;
  }
}
