import { planDue, planQuiet } from '../store/digest/due.ts';
import { purge } from '../store/digest/subscriptions.ts';
import { nextDue } from './cadence.ts';
import { type ComposeReport, composeDue } from './compose.ts';
import { type MatchReport, matchNew } from './match.ts';
import { keptSince } from './retention.ts';
import { QUIET_DAYS, type Sender, sendReady } from './send.ts';
import type { SendReport } from './settle.ts';

type DigestReport = { match: MatchReport; planned: number; quiet: number; compose: ComposeReport; send: SendReport };

/**
 * One pass: match what is new, give every subscription whose time has come its delivery, fix the contents, send. Each step is done in
 * transactions of its own and takes up what an earlier pass left, so a pass may be cut off anywhere and passes may overlap.
 */
export async function runDigest(sender: Sender): Promise<DigestReport> {
  const { db, clock, signal } = sender;
  const match = await matchNew(db, await clock(), signal);
  let planned = 0;
  for (;;) {
    signal?.throwIfAborted();
    const now = await clock();
    const some = await planDue(db, rhythm => nextDue(rhythm, now), now);
    if (some === 0) break;
    planned += some;
  }
  const quiet = await planQuiet(db, QUIET_DAYS, await clock());
  const compose = await composeDue(db, await clock(), signal);
  const send = await sendReady(sender);
  await purge(db, keptSince(await clock()));
  return { match, planned, quiet, compose, send };
}
