import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testDatabase } from '../support/database.ts';
import { insertPostings } from '../support/postings.ts';
import { type Got, header, mailServer, parsed } from './mail-server.ts';
import { active, iso } from './support.ts';

const MAIN = fileURLToPath(new URL('./digest-main.ts', import.meta.url));
const LEASE_MS = 1000;

type Size = { subscribers: number; rounds: number; killsPerRound: number; withinMs: number; answerMs: number };

/**
 * Kills the process that matches, composes and sends at random moments, again and again, and looks at what the mail server got:
 * every subscriber every round's mail, once, but for mails whose text was going out at the moment of a kill.
 */
export function killedSuite({ subscribers, rounds, killsPerRound, withinMs, answerMs }: Size): void {
  test(`${subscribers} subscribers are each served through ${rounds * killsPerRound} kills as the rule says`, async () => {
    const t = await testDatabase();
    const server = await mailServer({
      data: async () => {
        await sleep(answerMs);
        return null;
      },
    });
    try {
      const emails = Array.from({ length: subscribers }, (_, i) => `s${i}@example.org`);
      for (const [i, email] of emails.entries()) {
        await active(t.db, email, i % 2 ? 'path=sales' : 'path=sales&work_mode=remote');
        // Two filters in one mail, which find the same.
        if (i % 3 === 0) await active(t.db, email, 'work_mode=remote');
      }
      const statuses: string[] = [];
      for (let round = 0; round < rounds; round++) {
        await insertPostings(
          t.db,
          Array.from({ length: 5 }, (_, i) => ({
            id: `r${round}-${i}`,
            paths: ['sales' as const],
            work_mode: 'remote' as const,
            company: `E${i}`,
            first_seen: iso(-1),
          })),
        );
        await sql`update subscriptions set next_due_at = now() - interval '1 second'`.execute(t.db);
        for (let kills = 0; kills < killsPerRound; kills++) await runAndKill(t.url, server.url, Math.random() * withinMs);
        await runToTheEnd(t.url, server.url);
      }

      const rows = await t.db
        .selectFrom('deliveries as d')
        .innerJoin('subscriptions as s', 's.id', 'd.subscription_id')
        .select(['s.email', 'd.id', 'd.status', 'd.interrupted'])
        .where('d.status', '<>', 'merged')
        .execute();
      statuses.push(...new Set(rows.map(row => row.status)));
      const got = await byMessage(server.accepted);
      // The rule: an answered mail went out once; one interrupted went out at most once more, under the same Message-ID; only one that was
      // interrupted twice may be left as unknown.
      for (const row of rows) {
        const times = got.get(row.id)?.length ?? 0;
        if (row.status === 'sent') {
          expect(times, row.email).toBeGreaterThanOrEqual(1);
          expect(times, row.email).toBeLessThanOrEqual(1 + row.interrupted);
        } else expect([row.status, row.interrupted], row.email).toEqual(['unknown', 2]);
        expect(new Set(got.get(row.id)).size).toBeLessThanOrEqual(1);
      }
      expect(rows).toHaveLength(subscribers * rounds);
      expect([...got.keys()].filter(id => !rows.some(row => row.id === id))).toEqual([]);
      // Every posting was told to everybody once.
      const { rows: told } = await sql<{
        n: number;
        mails: number;
      }>`select count(*) as n, count(distinct delivery_id) as mails from digest_items where place = 'mailed'`.execute(t.db);
      expect(told).toEqual([{ n: subscribers * rounds * 5, mails: subscribers * rounds }]);
      const twice = [...got.values()].filter(list => list.length > 1).length;
      process.stderr.write(
        `${rounds * killsPerRound} kills, ${rows.length} mails, ${rows.filter(row => row.interrupted > 0).length} cut off while their text went out, ${twice} came twice, ${rows.filter(row => row.status === 'unknown').length} unknown\n`,
      );
    } finally {
      await server.close();
      await t.drop();
    }
  });
}

/** Recipients by the delivery in their Message-ID. */
async function byMessage(mails: readonly Got[]): Promise<Map<string, string[]>> {
  const got = new Map<string, string[]>();
  for (const mail of mails) {
    const id = /<digest\.(.+)@/.exec(header(await parsed(mail), 'message-id') ?? '')?.[1] ?? '';
    got.set(id, [...(got.get(id) ?? []), mail.to.join()]);
  }
  return got;
}

async function start(url: string, smtp: string) {
  const child = spawn(process.execPath, [MAIN, url, smtp, String(LEASE_MS)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  await Promise.race([once(child.stdout, 'data'), ended]);
  return { child, ended };
}

async function runAndKill(url: string, smtp: string, afterMs: number): Promise<void> {
  const { child, ended } = await start(url, smtp);
  await sleep(afterMs);
  child.kill('SIGKILL');
  await ended;
}

async function runToTheEnd(url: string, smtp: string): Promise<void> {
  const { ended } = await start(url, smtp);
  expect(await ended).toEqual([0, null]);
}
