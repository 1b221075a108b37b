import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { runOmbre } from '../cli/ombre-process.ts';
import { allVisited, isQuiet, type Left, type Load, type LoadSize, nameOf, safely, underLoad, until, whatIsLeft } from './load.ts';

export type ChaosSize = LoadSize & {
  kills: number;
  /** Mean pause between two kills. */
  everyMs: number;
  /** How often each server is killed. */
  outages: number;
  /** When it is given up, with what it waits for. */
  limitMs: number;
};

/** What became of it: how much there was to break, and what is to be as it should. */
export type ChaosReport = {
  seconds: number;
  requests: number;
  requestsCut: number;
  kills: number;
  killsThatCut: number;
  /** How often everything was made due anew because all was visited before the last kill. */
  rounds: number;
  /** Visits whose process died three times over, by chance; each was asked for again by `ombre queue retry`. */
  condemned: number;
  left: Left;
};

const ROLES = [['worker'], ['worker'], ['worker', '--no-schedule']];

/** Three workers, two of which keep the schedule, under kills of them and of their servers. With `redis`, the name of its program, the queue lives there. */
export async function chaos(redis: string | null, size: ChaosSize, tell: (line: string) => void): Promise<ChaosReport> {
  return underLoad({ size, roles: ROLES, redis, tell }, run);
}

/** A worker that waits for an answer at this moment, so that a kill cuts a visit in two; any when none does for long. */
async function oneAtWork({ site }: Load<ChaosSize>): Promise<number> {
  for (let tries = 0; tries < 200; tries++) {
    const busy = [0, 1, 2].filter(n => site.open(nameOf(n)) > 0);
    if (busy.length > 0) return busy[Math.floor(Math.random() * busy.length)]!;
    await sleep(100);
  }
  return Math.floor(Math.random() * 3);
}

async function run(setting: Load<ChaosSize>): Promise<ChaosReport> {
  const { size, site, workers, tell } = setting;
  const began = performance.now();
  const report = { kills: 0, killsThatCut: 0, rounds: 1, condemned: 0 };
  const deadline = began + size.limitMs;
  await until(deadline, async () => site.open() > 2);
  const outages = outagesOf(setting);
  // On a machine that is busy itself workers come back late, and kills meet nobody at work: then there are more of them.
  const wanted = (kill: number) => kill <= size.kills || (report.killsThatCut <= size.kills / 2 && kill <= size.kills * 3);
  for (let kill = 1; wanted(kill); kill++) {
    await sleep(size.everyMs * (0.5 + Math.random()));
    if (await allVisited(setting)) {
      report.rounds += 1;
      await safely(() => sql`update postings set list_hash = 'another'`.execute(setting.db));
      await safely(() => sql`update sources set next_visit_at = now() where cooling_until is null`.execute(setting.db));
    }
    if (outages.has(kill)) await outages.get(kill)?.();
    const worker = await oneAtWork(setting);
    const before = site.seen.cut;
    await workers.kill(worker);
    await sleep(200);
    report.kills += 1;
    if (site.seen.cut > before) report.killsThatCut += 1;
    tell(`kill ${kill} of ${size.kills}: ${report.killsThatCut} cut a request, ${site.seen.requests} requests, round ${report.rounds}`);
  }
  tell('the last kill; the rest is waited for');
  await until(deadline, async () => {
    report.condemned += await releaseCondemned(setting);
    return (await allVisited(setting)) && (await isQuiet(setting));
  }).catch(async error => {
    tell((await runOmbre(['queue', 'inspect'], setting.env)).out);
    for (const n of [0, 1, 2]) tell(workers.said(n).slice(-3_000));
    throw error;
  });
  const exitCodes = await workers.stop();
  const left = await whatIsLeft(setting, exitCodes);
  const seconds = Math.round((performance.now() - began) / 1000);
  return { seconds, requests: site.seen.requests, requestsCut: site.seen.cut, ...report, left };
}

/** Before which kill which server dies. */
function outagesOf({ size, postgres, redis, tell }: Load<ChaosSize>): Map<number, () => Promise<void>> {
  const away = async (name: string, ms: number) => {
    tell(`${name} is killed, and away for ${ms} ms`);
    await sleep(ms);
  };
  const outages = new Map<number, () => Promise<void>>();
  for (let n = 0; n < size.outages; n++) {
    const at = Math.floor(((n + 0.5) / size.outages) * size.kills);
    outages.set(at, () => postgres.restart(() => away('Postgres', 4_000), 'SIGKILL'));
    if (redis) outages.set(at + Math.max(1, Math.floor(size.kills / size.outages / 4)), () => redis.restart(() => away('Redis', 3_000)));
  }
  return outages;
}

async function releaseCondemned({ db, env, tell }: Load<ChaosSize>): Promise<number> {
  const alone = await safely(() => db.selectFrom('sources').select('slug').where('cooling_until', '>', sql<Date>`now()`).execute());
  if (alone.length === 0) return 0;
  const { code, out, err } = await runOmbre(['queue', 'retry', ...alone.map(({ slug }) => slug), '--apply'], env);
  tell(out + err);
  if (code !== 0) throw new Error(`ombre queue retry ended with ${code}: ${out}${err}`);
  return alone.length;
}
