import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runDigest } from '../../src/digest/run.ts';
import { change, pause } from '../../src/digest/subscribe.ts';
import type { Path } from '../../src/posting/taxonomy.ts';
import { subscriptionById } from '../../src/store/digest/subscriptions.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { insertPostings } from '../support/postings.ts';
import { mailSite } from '../web/subscribe/site.ts';
import { type Got, header, type MailServer, mailServer, parsed } from './mail-server.ts';
import { active, later, MONDAY } from './support.ts';
import { Model, type Reader, type Wanted } from './week-model.ts';

const PASS = fileURLToPath(new URL('./pass-main.ts', import.meta.url));
/** The first mails are those of day 0; the week is that from day 8 on, so that what closed between them was away for long enough. */
const day = (n: number, hour = 0) => later(MONDAY, n * 24 + hour);
const usd = (min: number) => ({ min, max: min + 10_000, currency: 'USD', interval: 'year' as const });
const PATHS = ['sales', 'writing', 'education', 'consulting'] as const;

/** What the addresses ask for: one, two or three of these each. */
const WISHES: Wanted[] = [
  { paths: ['sales'] },
  { remote: true },
  { paths: ['writing', 'education'] },
  { paths: ['sales'], remote: true },
  { paths: ['consulting'] },
  { paths: ['education'], remote: true },
  { paths: ['sales', 'consulting'] },
];
const RHYTHMS = [
  { every: 'daily', weekday: 1, hour: 7, zone: 'UTC' },
  { every: 'daily', weekday: 1, hour: 18, zone: 'America/New_York' },
  { every: 'weekly', weekday: 3, hour: 7, zone: 'UTC' },
  { every: 'daily', weekday: 1, hour: 7, zone: 'America/Los_Angeles' },
  { every: 'weekly', weekday: 1, hour: 6, zone: 'America/Chicago' },
] as const;

let t: TestDatabase;
let site: Awaited<ReturnType<typeof mailSite>>;
let server: MailServer;
let onMail: () => Promise<'drop' | null> = async () => null;
let now = day(0);
const model = new Model();
/** Every mail with the time it came at; one that came twice is one. */
const inbox = new Map<string, { to: string; at: Date; got: Got; told: string[] }>();

beforeAll(async () => {
  t = await testDatabase();
  server = await mailServer({ data: () => onMail() });
  site = await mailSite(t, { SMTP_URL: server.url });
});
afterAll(async () => {
  await site.close();
  await server.close();
  await t.drop();
});

const queryOf = ({ paths, remote }: Wanted) => [paths && `path=${paths.join(',')}`, remote && 'work_mode=remote'].filter(Boolean).join('&');
const ground = () => ({ db: t.db, keys: site.sender.keys, now });
const readersOf = (n: number) => model.readers.filter(({ email }) => email === address(n));
const address = (n: number) => `reader${n}@example.org`;

async function subscribeAll(): Promise<void> {
  for (let n = 0; n < 30; n++) {
    for (let nth = 0; nth <= n % 3; nth++) {
      const rhythm = RHYTHMS[(n + (n % 2) * nth) % RHYTHMS.length]!;
      const wanted = WISHES[(n + nth * 2) % WISHES.length]!;
      const given = { ...rhythm, now, next_due_at: now, consent_at: later(now, nth / 100) };
      const id = await active(t.db, address(n), queryOf(wanted), given);
      const fresh = { next: now, on: true, paused: false, told: new Map(), again: new Map(), toldAgain: new Set<string>() };
      model.readers.push({ ...rhythm, ...fresh, id, email: address(n), wanted });
    }
  }
}

async function post(id: string, n: number, more: { path?: Path; company?: string; first_seen?: Date } = {}): Promise<void> {
  const { path = PATHS[n % PATHS.length]!, company = `Employer ${n % 9}`, first_seen = now } = more;
  const job = { id, path, remote: n % 3 === 0, pay: usd(50_000 + n * 100), open: true, closedAt: null };
  model.jobs.set(id, job);
  const seen = { first_seen: first_seen.toISOString(), work_mode: job.remote ? ('remote' as const) : null };
  await insertPostings(t.db, [{ id, paths: [path], company, pay: job.pay, ...seen }]);
}

async function close(id: string): Promise<void> {
  Object.assign(model.jobs.get(id)!, { open: false, closedAt: now });
  await sql`update postings set closed_at = ${now}, closed_reason = 'not_listed', updated_at = ${now} where id = ${id}`.execute(t.db);
}

async function reopen(id: string): Promise<void> {
  model.reopen(id, now);
  await sql`update postings set closed_at = null, closed_reason = null, reopened_at = ${now}, updated_at = ${now} where id = ${id}`.execute(
    t.db,
  );
}

async function raise(id: string, min: number): Promise<void> {
  model.raise(id, usd(min), now);
  await sql`update postings set pay = ${JSON.stringify(usd(min))}::jsonb, updated_at = ${now} where id = ${id}`.execute(t.db);
}

/** One pass, in the model and for real, and a look into what came. */
async function pass(run: () => Promise<unknown> = () => runDigest({ ...site.sender, clock: () => now })): Promise<void> {
  model.pass(now);
  await run();
  for (const got of server.got) {
    const mail = await parsed(got);
    const before = inbox.get(mail.messageId!);
    expect(before?.got.to ?? got.to).toEqual(got.to);
    if (!before) inbox.set(mail.messageId!, { to: got.to.join(), at: now, got, told: await toldIn(mail.text!) });
  }
  server.got.length = 0;
}

/** What a reader of a mail is told: what it shows, with why, and behind its links. */
async function toldIn(text: string): Promise<string[]> {
  const entries = text.matchAll(/^Posting \w+\n((?: {2}.*\n)*?) {2}Full posting: https:\/\/jobs\.example\/jobs\/(\w+)$/gm);
  const told = [...entries].map(
    ([, lines, id]) => `${id} ${lines!.includes('Open again') ? 'open_again' : lines!.includes('Pay raised') ? 'raised' : 'new'}`,
  );
  for (const [, more, link] of text.matchAll(/^The other (\d+) on one page:\n(https:\S+)$/gm)) {
    const ids = new Set([...(await site.page(link!)).matchAll(/\/jobs\/([a-z]\w+)["?]/g)].map(([, id]) => id!));
    expect(ids.size).toBe(Number(more));
    // The page does not say why; whoever was told before is told again.
    told.push(...[...ids].map(id => `${id} linked`));
  }
  return told;
}

/** Passes of a day, at the hours by which something is due. */
async function passes(n: number, hours: readonly number[] = [0, 9, 12, 15]): Promise<void> {
  for (const hour of hours) {
    now = day(n, hour);
    await pass();
  }
}

/** A pass that is killed when a mail's text has come and before it is answered. */
async function crash(atMail: number): Promise<void> {
  let mails = 0;
  const child = spawn(process.execPath, [PASS, t.url, server.url, now.toISOString(), '1000'], { stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = once(child, 'exit');
  onMail = async () => {
    mails += 1;
    if (mails < atMail) return null;
    child.kill('SIGKILL');
    await ended;
    return 'drop';
  };
  expect(await ended).toEqual([null, 'SIGKILL']);
  onMail = async () => null;
}

test('thirty readers of a week are told each posting that matched once, whatever happens, and nobody who left is mailed', async () => {
  await subscribeAll();
  for (let n = 0; n < 24; n++) await post(`base${n}`, n, { first_seen: later(now, -1 - n) });
  await post('aged', 0, { first_seen: later(now, -14 * 24 + 0.1) });
  await pass();
  now = day(0, 1);
  for (const n of [0, 3, 5, 9]) await close(`base${n}`);

  const ended = new Map<string, Date>();
  for (let n = 8; n < 15; n++) {
    now = day(n, -1);
    for (let i = 0; i < 6; i++) await post(`d${n}x${i}`, n + i * 5);
    if (n === 8) for (const id of ['base0', 'base3', 'base5']) await reopen(id);
    if (n === 9) {
      await close('d8x1');
      await close('d8x2');
      await pause(ground(), (await subscriptionById(t.db, readersOf(11)[0]!.id))!, true);
      readersOf(11)[0]!.paused = true;
    }
    if (n === 10) {
      await reopen('d8x1');
      for (let i = 0; i < 119; i++) await post(`burst${i}`, i, { path: 'sales', company: i % 2 ? 'Acme' : `Small ${i}` });
      for (const id of ['base1', 'base12', 'aged']) await raise(id, 90_000);
      await raise('base13', 51_400);
      await passes(10, [0]);
      now = day(10, 9);
      await pass(() => crash(4));
      await passes(10, [12, 15]);
      continue;
    }
    if (n === 11) {
      await raise('base1', 120_000);
      await leaveByOneClick(ended, 5);
      await leaveOneSection(ended, 8);
    }
    if (n === 12) await comeBackAndChange();
    if (n === 13) await close('d12x3');
    await passes(n);
  }
  now = day(15, 12);
  await pass();

  for (let n = 0; n < 30; n++) expect(tellings(address(n)), address(n)).toEqual(wantedOf(address(n)));
  for (const [email, at] of ended) expect([...inbox.values()].filter(mail => mail.to === email && mail.at > at)).toEqual([]);
  // What the week was to have in it was in it.
  const all = [...inbox.values()].flatMap(({ told }) => told);
  for (const news of ['new', 'open_again', 'raised', 'linked'])
    expect(
      all.some(told => told.endsWith(` ${news}`)),
      news,
    ).toBe(true);
  const { rows } = await sql<{ status: string }>`select distinct status from deliveries order by 1`.execute(t.db);
  expect(rows.map(({ status }) => status)).toEqual(['merged', 'sent', 'skipped']);
  const { rows: cut } = await sql<{ n: number }>`select count(*)::int as n from deliveries where interrupted > 0`.execute(t.db);
  expect(cut[0]!.n).toBeGreaterThan(0);
}, 120_000);

async function lastMail(n: number): Promise<Awaited<ReturnType<typeof parsed>>> {
  return await parsed([...inbox.values()].filter(({ to }) => to === address(n)).at(-1)!.got);
}

async function leaveByOneClick(ended: Map<string, Date>, n: number): Promise<void> {
  const link = header(await lastMail(n), 'list-unsubscribe')!.slice(1, -1);
  expect((await site.post(link, { 'List-Unsubscribe': 'One-Click' })).status).toBe(200);
  await ends(n);
  if (readersOf(n).every(({ on }) => !on)) ended.set(address(n), now);
}

async function leaveOneSection(ended: Map<string, Date>, n: number): Promise<void> {
  await site.post(/Unsubscribe from this one: (\S+)/.exec((await lastMail(n)).text!)![1]!, {});
  await ends(n);
  expect(readersOf(n).filter(({ on }) => !on)).toHaveLength(1);
  expect(ended.has(address(n))).toBe(false);
}

/** Tells the model what the database says of who has left. */
async function ends(n: number): Promise<void> {
  for (const reader of readersOf(n)) reader.on = (await subscriptionById(t.db, reader.id))!.state === 'active';
}

async function comeBackAndChange(): Promise<void> {
  const paused = readersOf(11)[0]!;
  await pause(ground(), (await subscriptionById(t.db, paused.id))!, false);
  const changed = readersOf(13)[0]!;
  changed.wanted = { paths: ['writing', 'education', 'consulting'] };
  const wish = { filter: queryOf(changed.wanted), cadence: 'daily', hour: 7, zone: 'UTC' };
  await change(ground(), (await subscriptionById(t.db, changed.id))!, wish);
  Object.assign(changed, { every: 'daily', hour: 7, zone: 'UTC' });
  paused.paused = false;
  for (const reader of [paused, changed]) reader.next = (await subscriptionById(t.db, reader.id))!.next_due_at!;
}

/** How often and why an address was told of each posting, by its mails alone; behind a link the reason is the one that was to be told. */
function tellings(email: string): string[] {
  const told = [...inbox.values()].filter(mail => mail.to === email).flatMap(mail => mail.told);
  const open = [...(model.expected.get(email) ?? [])];
  for (const one of told.filter(line => !line.endsWith(' linked'))) drop(open, one);
  return told
    .map(line =>
      line.endsWith(' linked') ? (drop(open, open.find(one => one.startsWith(line.replace(/linked$/, ''))) ?? '') ?? line) : line,
    )
    .sort();
}

function drop(list: string[], one: string): string | undefined {
  const at = list.indexOf(one);
  return at === -1 ? undefined : list.splice(at, 1)[0];
}

function wantedOf(email: Reader['email']): string[] {
  return [...(model.expected.get(email) ?? [])].sort();
}
