import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { MAIN } from '../cli/ombre-process.ts';

export type Supervised = {
  /** Kills the nth with -9 and starts it again at once, as a supervisor does. */
  kill(n: number): Promise<void>;
  /** Tells all to stop; the exit code of each, null for one that had to be killed. */
  stop(): Promise<(number | null)[]>;
  /** What those said that ended without having been told to. */
  endedByThemselves: string[];
  said(n: number): string;
};

/** Commands of Ombre that are kept running, each with arguments and settings of its own, and with what stands before it. */
export function supervise(commands: { args: string[]; env: Record<string, string>; before?: string[] }[]): Supervised {
  const endedByThemselves: string[] = [];
  const told = new WeakSet<ChildProcess>();
  const logs = commands.map(() => '');
  const start = (n: number): ChildProcess => {
    const { args, env, before = [] } = commands[n]!;
    const [program = '', ...rest] = [...before, process.execPath, MAIN, ...args];
    const child = spawn(program, rest, {
      env: { PATH: process.env.PATH, ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child.stderr.on('data', chunk => {
      logs[n] = `${logs[n]}${chunk}`.slice(-400_000);
    });
    child.once('exit', (code, signal) => {
      if (told.has(child)) return;
      endedByThemselves.push(`${args.join(' ')} ended with ${code ?? signal}: ${logs[n]!.slice(-2_000)}`);
      children[n] = start(n);
    });
    return child;
  };
  const children: ChildProcess[] = [];
  for (const n of commands.keys()) children[n] = start(n);
  return {
    async kill(n) {
      const child = children[n]!;
      told.add(child);
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      children[n] = start(n);
    },
    async stop() {
      return Promise.all(
        children.map(async child => {
          told.add(child);
          const ended = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : null;
          child.kill('SIGTERM');
          const late = setTimeout(() => child.kill('SIGKILL'), 30_000);
          await ended;
          clearTimeout(late);
          return child.exitCode;
        }),
      );
    },
    endedByThemselves,
    said: n => logs[n]!,
  };
}
