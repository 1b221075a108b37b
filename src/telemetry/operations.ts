import { type TracingChannel, tracingChannel } from 'node:diagnostics_channel';

/**
 * What a process does that operators want to see, by kind: what is known of an operation when it begins and, after a `?`, what it came to. Whoever
 * does it tells it here and knows nobody who listens. Nothing in it is a secret or names a person.
 */
export type Operations = {
  /** A visit of a source. `outcome` is missing when it broke off. */
  visit: { visit: string; source: string; system: string; outcome?: string; new?: number; changed?: number; closed?: number };
  /** One HTTP request of the crawler. `site` is what turns are counted by; `status` is missing where there was no answer, and `code` says why. */
  request: { source: string; method: string; host: string; site: string; status?: number; bytes?: number; code?: string };
  /** Postings of a batch normalised, identified and classified. */
  prepare: { postings: number };
  /** One posting classified. */
  classify: Record<string, never>;
  /** A batch of postings stored. */
  save: { postings: number };
  /** The end of a visit: what is gone is closed, the next visit set. */
  finish: { outcome: string };
  /** One pass of the digest. */
  digest: { matched?: number; planned?: number; sent?: number; failed?: number };
  /** One mail made and handed over. `result` is what the mail server's reply means. */
  mail: { kind: string; result?: string };
  /** A request to the site or the API. `route` is its pattern. */
  http: { method: string; route?: string; status?: number };
};

export type OperationName = keyof Operations;
/** An operation as listeners see it. `began` is on the clock of `performance`; `error` is there when it threw. */
export type Operation<N extends OperationName> = { facts: Operations[N]; began: number; error?: unknown };
type Channels = { readonly [N in OperationName]: TracingChannel<unknown, Operation<N>> };

const channelOf = <N extends OperationName>(name: N) => tracingChannel<unknown, Operation<N>>(`ombre:${name}`);

/** Node's own channels for this purpose: with nobody listening an operation costs one look. */
export const CHANNELS: Channels = {
  visit: channelOf('visit'),
  request: channelOf('request'),
  prepare: channelOf('prepare'),
  classify: channelOf('classify'),
  save: channelOf('save'),
  finish: channelOf('finish'),
  digest: channelOf('digest'),
  mail: channelOf('mail'),
  http: channelOf('http'),
};

/** Those that end when they return. */
type Sync = 'prepare' | 'classify';

/** Does something as an operation: `work` gets the facts, to add what came of it. */
export function during<N extends Exclude<OperationName, Sync>, T>(
  name: N,
  facts: Operations[N],
  work: (facts: Operations[N]) => Promise<T>,
): Promise<T> {
  const channel: TracingChannel<unknown, Operation<N>> = CHANNELS[name];
  if (!channel.hasSubscribers) return work(facts);
  return channel.tracePromise(() => work(facts), { facts, began: performance.now() });
}

/** The same of what is done when it returns. */
export function duringCall<N extends Sync, T>(name: N, facts: Operations[N], work: () => T): T {
  const channel: TracingChannel<unknown, Operation<N>> = CHANNELS[name];
  if (!channel.hasSubscribers) return work();
  return channel.traceSync(work, { facts, began: performance.now() });
}

/** What is told of an operation that ended: its facts, and how long it took. `error` is undefined when it went well. */
type Listener<N extends OperationName> = (facts: Operations[N], ended: { seconds: number; error: unknown }) => void;
type Listeners = { [N in OperationName]?: Listener<N> };

/** Has operations told as they end, until the function that it returns is called. */
export function onEnded(listeners: Listeners): () => void {
  const stops = (Object.keys(listeners) as OperationName[]).map(name => listen(name, listeners[name] as Listener<OperationName>));
  return () => {
    for (const stop of stops) stop();
  };
}

function listen<N extends OperationName>(name: N, tell: Listener<N>): () => void {
  const channel: TracingChannel<unknown, Operation<N>> = CHANNELS[name];
  const heard = subscription<N>(name, {
    ended: ({ facts, began, error }) => tell(facts, { seconds: (performance.now() - began) / 1000, error }),
  });
  channel.subscribe(heard);
  return () => channel.unsubscribe(heard);
}

const SYNC: ReadonlySet<OperationName> = new Set<Sync>(['prepare', 'classify']);
const nothing = () => undefined;

/** What a channel wants of a listener, of one that only hears the end. */
export function subscription<N extends OperationName>(name: N, { ended }: { ended(operation: Operation<N>): void }) {
  const isSync = SYNC.has(name);
  return { start: nothing, end: isSync ? ended : nothing, asyncStart: nothing, asyncEnd: isSync ? nothing : ended, error: nothing };
}
