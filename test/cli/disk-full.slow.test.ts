import { spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, open, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { databaseUrl } from '../../src/postgres/server/server.ts';
import { openDatabase } from '../../src/store/database.ts';
import { type BoardServer, serve } from '../support/boards.ts';
import { jobSite } from '../support/job-site.ts';
import { type OmbreProcess, startOmbre } from './ombre-process.ts';

const COUNT = 400;
const PAGE_MS = 20;

/** A disk of its own, in memory: only root may make one, and not in every container. */
const parent = await mkdtemp(join(tmpdir(), 'ombre-full-'));
const disk = join(parent, 'disk');
await mkdir(disk);
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=200m', 'tmpfs', disk]).status === 0;
if (!mounted) process.stderr.write('no disk of its own can be mounted here: the suite of full disks skips\n');

let server: BoardServer;
let ombre: OmbreProcess | null = null;

beforeAll(async () => {
  await chmod(parent, 0o755);
  await chmod(disk, 0o755);
  const postings = Array.from({ length: COUNT }, (_, n) => ({ slug: `job-${n}`, title: `Utilization Review Therapist ${n}` }));
  server = await serve(
    jobSite(() => postings),
    PAGE_MS,
  );
});
afterAll(async () => {
  if (ombre?.child.exitCode === null) await ombre.ended('SIGTERM');
  await server?.close();
  if (mounted) spawnSync('umount', [disk]);
  await rm(parent, { recursive: true, force: true });
});

/** Takes all the space there is. */
async function fill(file: string): Promise<void> {
  const filler = await open(file, 'w');
  try {
    for (;;) await filler.write(Buffer.alloc(64 * 1024));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  } finally {
    await filler.close();
  }
}

test.skipIf(!mounted)(
  'a disk that is full in the middle of a visit loses, doubles and closes nothing, and the visit goes on when there is space',
  { timeout: 600_000 },
  async () => {
    const home = join(disk, 'home');
    const sources = join(parent, 'registry');
    await mkdir(sources);
    await writeFile(
      join(sources, 'fern.yaml'),
      `- slug: fern\n  name: Fernleaf Works\n  system: jsonld\n  target: { sitemap: "${server.origin}/sitemap.xml" }\n`,
    );
    const env = { OMBRE_HOME: home, SOURCES_DIR: sources, ALLOW_PRIVATE_HOSTS: new URL(server.origin).host };
    ombre = startOmbre(['start'], env);
    await ombre.address();
    await ombre.until(() => server.requests.length > 120);

    const filler = join(disk, 'filler');
    await fill(filler);
    await ombre.until(() => /No space left on device|is full/.test(ombre!.said()));
    // Long enough for a server that dies of it to be given up, were that what happens.
    await sleep(15_000);
    expect(ombre.child.exitCode, ombre.said()).toBe(null);
    expect((await statfs(disk)).bavail).toBe(0);
    await rm(filler);
    await ombre.until(() => /"outcome":"complete"/.test(ombre!.said()));

    const { url, stop } = await databaseUrl({ DATABASE_URL: null, OMBRE_HOME: home });
    const db = openDatabase(url, { max: 1 });
    try {
      const rows = await db.selectFrom('postings').select(['key', 'closed_at', 'has_body']).execute();
      expect([rows.length, new Set(rows.map(row => row.key)).size]).toEqual([COUNT, COUNT]);
      expect(rows.filter(row => row.closed_at !== null || !row.has_body)).toEqual([]);
      expect(await db.selectFrom('visits').select(['outcome', 'reason']).execute()).toEqual([{ outcome: 'complete', reason: null }]);
    } finally {
      await db.destroy();
      await stop();
    }
    expect(await ombre.ended('SIGTERM')).toBe(0);
  },
);

/** MB at which the server cannot be made, dies at its start, dies later, lives but can write nothing, cannot clear away; and are enough. */
const SIZES = [30, 50, 58, 62, 64, 90];

test.skipIf(!mounted)(
  'a demo whose disk fills up at any moment ends by itself, and says that the disk is full',
  { timeout: 300_000 },
  async () => {
    const ends: number[] = [];
    for (const size of SIZES) {
      const small = join(parent, `disk-${size}`);
      await mkdir(small);
      expect(spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}m`, 'tmpfs', small]).status).toBe(0);
      try {
        await chmod(small, 0o755);
        const demo = startOmbre(['demo', '--once'], { OMBRE_HOME: join(small, 'home') });
        const end = await Promise.race([demo.ended(), sleep(60_000, 'waits for ever', { ref: false })]);
        if (end === 'waits for ever') await demo.ended('SIGKILL');
        expect(end, `${size} MB: ${demo.said()}`).toSatisfy(code => code === 0 || code === 3);
        if (end === 3) expect(demo.said().trim().split('\n').at(-1), `${size} MB`).toMatch(/^ombre: The disk is full: /);
        ends.push(Number(end));
      } finally {
        spawnSync('umount', [small]);
      }
    }
    // How much is enough is the server's affair.
    expect([ends.at(0), ends.at(-1), ends.slice(1, -1).includes(3)], `${ends}`).toEqual([3, 0, true]);
  },
);
