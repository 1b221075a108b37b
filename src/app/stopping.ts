import { startedByNpm } from '../config.ts';
import { OmbreError } from '../errors.ts';

/**
 * A signal that SIGINT and SIGTERM abort. The second one ends the process at once. Under `npm start` and npx, which end by a SIGTERM and do not
 * hand it on, the end of the parent is one too: or Ombre would run on, unseen, and keep its port.
 */
export function stopSignal(): AbortSignal {
  const stopping = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (stopping.signal.aborted) process.exit(130);
      stopping.abort(new OmbreError('E_STOPPED', name));
    });
  }
  if (startedByNpm()) {
    const parent = process.ppid;
    const watch = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(watch);
      stopping.abort(new OmbreError('E_STOPPED', 'npm, which started it, has ended'));
    }, 1_000).unref();
  }
  return stopping.signal;
}

/** Resolves when the signal is aborted. */
export async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>(resolve => signal.addEventListener('abort', () => resolve(), { once: true }));
}
