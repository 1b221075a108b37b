import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { senderOf } from '../app/digest.ts';
import type { Parts } from '../app/parts.ts';
import { aborted } from '../app/stopping.ts';
import type { Config } from '../config.ts';
import { runDigest } from '../digest/run.ts';
import { siteOf } from '../feed/site.ts';

/** Who tries it wants to see the mail, not to wait a minute for it. */
const EVERY_MS = 3000;

/** Settings under which mails become files of a folder that goes with the demo, whatever the environment says of servers and keys. */
export async function demoMailing(config: Config): Promise<{ config: Config; close(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'ombre-demo-mail-'));
  const none = { SMTP_URL: null, DKIM_FILE: null, BOUNCE_DOMAIN: null, BOUNCE_SECRET: null, DIGEST_KEYS: [], DIGEST_KEYS_FILE: null };
  return { config: { ...config, ...none, OMBRE_HOME: folder }, close: () => rm(folder, { recursive: true, force: true }) };
}

/** Makes the mails that are due, again and again until the signal. */
export async function demoMails(config: Config, { db }: Parts, address: string, signal: AbortSignal): Promise<void> {
  const sender = { ...(await senderOf({ config, db })), site: siteOf(config, Number(new URL(address).port)) };
  const stopped = aborted(signal).then(() => false);
  do await runDigest(sender);
  while (await Promise.race([stopped, sleep(EVERY_MS, true, { ref: false })]));
}
