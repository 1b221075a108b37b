import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Box, runIn } from './_box.ts';
import { median } from './_rows.ts';

const READERS = 4;
const MAIN = new URL('../src/main.ts', import.meta.url).pathname;

export type Service = { pid: number; address: string; stop(): Promise<void> };

/** Starts one of our services on a free port and waits until it serves. */
export async function service(
  args: string[],
  settings: NodeJS.ProcessEnv,
  { box = null, core }: { box?: Box | null; core?: number } = {},
): Promise<Service> {
  const env = { ...process.env, PORT: '0', RATE_LIMIT: '0', ...settings };
  const child = runIn(box, [MAIN, ...args], { core, env });
  // Where this benchmark fails.
  process.once('exit', () => child.kill('SIGTERM'));
  const address = await addressOf(child);
  return {
    pid: child.pid!,
    address,
    async stop() {
      child.kill('SIGTERM');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
    },
  };
}

async function addressOf(child: ChildProcess): Promise<string> {
  let log = '';
  return await new Promise((resolve, reject) => {
    child.stdout?.resume();
    child.stderr?.on('data', chunk => {
      log = `${log}${chunk}`.slice(-20_000);
      const address = /"address":"([^"]+)","msg":"ready"/.exec(log)?.[1];
      if (address) resolve(address);
    });
    child.once('close', code => reject(new Error(`it ended with ${code}:\n${log.slice(-2000)}`)));
  });
}

/** Runs `work` while readers ask for pages, twenty a second at most all together. */
export async function whileReading(
  address: string,
  asked: readonly string[],
  work: () => Promise<unknown>,
): Promise<{ pages: number; medianMs: number }> {
  const times: number[] = [];
  let next = 0;
  let reading = true;
  const reader = async () => {
    while (reading) {
      const began = performance.now();
      await ask(address, asked[next++ % asked.length]!);
      times.push(performance.now() - began);
      await sleep(200);
    }
  };
  const readers = Promise.all(Array.from({ length: READERS }, reader));
  try {
    await Promise.race([work(), readers]);
  } finally {
    reading = false;
  }
  await readers;
  return { pages: times.length, medianMs: median(times) };
}

/** Each page once, four at a time. */
export async function tourOf(address: string, asked: readonly string[]): Promise<void> {
  let next = 0;
  const reader = async () => {
    while (next < asked.length) await ask(address, asked[next++]!);
  };
  await Promise.all(Array.from({ length: READERS }, reader));
}

/** Throws unless the page is there. */
async function ask(address: string, page: string): Promise<void> {
  const response = await fetch(address + page, { signal: AbortSignal.timeout(120_000) });
  await response.arrayBuffer();
  if (response.status !== 200) throw new Error(`${page} was answered with ${response.status}`);
}
