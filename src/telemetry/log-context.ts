import { AsyncLocalStorage } from 'node:async_hooks';

type Fields = Record<string, string | number>;

const current = new AsyncLocalStorage<Fields>();

/** Runs `work` so that every line of the log that it causes, however far below, carries what `noteInLog` notes meanwhile. One within another is part of it. */
export function inLogContext<T>(work: () => T): T {
  return current.getStore() ? work() : current.run({}, work);
}

/** Adds to what the lines of this work carry. Outside of `inLogContext` there is nothing to add to. */
export function noteInLog(fields: Fields): void {
  const noted = current.getStore();
  if (noted) Object.assign(noted, fields);
}

/** What lines carry here and now: a copy, as the logger writes into it. */
export function loggedContext(): Fields {
  return { ...current.getStore() };
}
