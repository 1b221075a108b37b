import { messageOf } from '../errors.ts';
import { printable } from '../printable.ts';

/** Runs all of `steps` even when some fail, and then throws the first failure: for closing what was opened. */
export async function closeAll(...steps: (() => Promise<unknown> | undefined)[]): Promise<void> {
  let first: unknown;
  for (const step of steps) {
    try {
      await step();
    } catch (error) {
      if (first === undefined) first = error;
      else process.stderr.write(`ombre: also, while closing: ${printable(messageOf(error))}\n`);
    }
  }
  if (first !== undefined) throw first;
}

/** Runs `work` with something open, and closes that however the work ends. */
export async function closing<T extends { close(): Promise<unknown> }, R>(open: T, work: (open: T) => Promise<R>): Promise<R> {
  try {
    return await work(open);
  } finally {
    await open.close();
  }
}
