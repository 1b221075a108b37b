import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { WorkerTiming } from '../../src/queue/worker.ts';
import { spawnAt } from '../support/faketime.ts';

export type WorkerProcessOptions = {
  name: string;
  redisUrl: string | null;
  databaseUrl: string;
  timing: Partial<WorkerTiming>;
  hangAfterEffect: boolean;
};

/** Starts worker-main.ts as a process of its own. `line` resolves when it prints that line, and rejects when it ends without. */
export function spawnWorker(
  options: WorkerProcessOptions,
  clock: { library: string; offset: string } | null = null,
): { process: ChildProcess; line(text: string): Promise<void> } {
  const script = fileURLToPath(new URL('./worker-main.ts', import.meta.url));
  const child = spawnAt(clock?.library ?? '', clock?.offset ?? null, script, [JSON.stringify(options)]);
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout });
  reader.on('line', line => lines.push(line));
  const line = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        if (lines.includes(text)) resolve();
      };
      reader.on('line', look);
      child.once('exit', () => reject(new Error(`the worker process ended without printing «${text}»: ${lines.join(' / ')}`)));
      look();
    });
  return { process: child, line };
}
