import { type ChildProcess, type ExecFileOptions, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

export type Ended = { code: number; out: string; err: string };

/** Runs `ombre COMMAND` to its end, with these settings and none of the caller's, and nothing on stdin. */
export function runOmbre(command: string[], env: Record<string, string>, options: ExecFileOptions = {}): Promise<Ended> {
  return new Promise(resolve => {
    const settings = { env: { PATH: process.env.PATH, ...env }, ...options };
    const child = execFile(process.execPath, [MAIN, ...command], settings, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out: String(out), err: String(err) }),
    );
    child.stdin?.end();
  });
}

export type OmbreProcess = {
  child: ChildProcess;
  /** What it has written to stderr so far: its log, and its last sentence. */
  said(): string;
  /** Waits until something holds; throws with what was said when the process ends before. */
  until(what: () => boolean | Promise<boolean>): Promise<void>;
  /** The address of its log line "ready". */
  address(): Promise<string>;
  /** The exit code once it has ended, told to by `signal` when one is given. */
  ended(signal?: NodeJS.Signals): Promise<number | null>;
};

/** Starts `ombre COMMAND` as a process of its own, with these settings and none of the caller's. */
export function startOmbre(command: string[], env: Record<string, string>): OmbreProcess {
  const child = spawn(process.execPath, [MAIN, ...command], {
    env: { PATH: process.env.PATH, PORT: '0', CRAWL_DELAY_MS: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  let text = '';
  child.stderr?.on('data', chunk => {
    text += chunk;
  });
  child.stdout?.resume();
  const until = async (what: () => boolean | Promise<boolean>) => {
    while (!(await what())) {
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(`ombre ${command[0]} ended with ${child.exitCode}: ${text}`);
      await sleep(50);
    }
  };
  const ready = () => /"address":"([^"]+)"[^\n]*"msg":"ready"/.exec(text)?.[1];
  return {
    child,
    said: () => text,
    until,
    address: async () => {
      await until(() => ready() !== undefined);
      return ready() ?? '';
    },
    ended: async signal => {
      if (signal) child.kill(signal);
      const [code] = (await exited) as [number | null];
      return code;
    },
  };
}

/** A registry of one source that is never visited. */
export async function quietRegistry(folder: string): Promise<string> {
  const sources = join(folder, 'registry');
  await mkdir(sources, { recursive: true });
  const row = `- slug: quiet
  name: Quiet Health
  system: workday
  target: { host: "quiet.wd5.myworkdayjobs.com", tenant: "quiet", site: "External" }
  disabled: a test visits nobody
`;
  await writeFile(join(sources, 'quiet.yaml'), row);
  return sources;
}
