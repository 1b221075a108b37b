import { OmbreError } from '../../errors.ts';

type Linked = { signal: AbortSignal; done(): void };

/**
 * A signal that aborts with the first of `parents`. `done` must be called: it takes the listeners off again, which a long-lived parent
 * would otherwise gather by the thousand.
 */
export function linked(parents: readonly AbortSignal[]): Linked & { abort(reason: unknown): void } {
  const controller = new AbortController();
  const follow = () => controller.abort(parents.find(parent => parent.aborted)?.reason);
  for (const parent of parents) parent.addEventListener('abort', follow, { once: true });
  if (parents.some(parent => parent.aborted)) follow();
  return {
    signal: controller.signal,
    abort: reason => controller.abort(reason),
    done: () => {
      for (const parent of parents) parent.removeEventListener('abort', follow);
    },
  };
}

/** A signal that follows `parent` and aborts by itself with `late()` after `ms`. `done` must be called. */
export function deadline(parent: AbortSignal, ms: number, late: () => OmbreError): Linked {
  const link = linked([parent]);
  const timer = setTimeout(() => link.abort(late()), ms);
  return {
    signal: link.signal,
    done: () => {
      clearTimeout(timer);
      link.done();
    },
  };
}

/** Throws E_STOPPED when the caller has given up. */
export function throwIfStopped(signal: AbortSignal): void {
  if (signal.aborted) throw new OmbreError('E_STOPPED', undefined, { cause: signal.reason });
}
