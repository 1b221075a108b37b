import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import { CHANNELS, type Operation, type OperationName, subscription } from './operations.ts';

type Attributes = Record<string, string | number>;

/** An operation that ended, as a part of a trace. Ids are hexadecimal, times milliseconds since 1970 by this machine's clock. */
export type Span = {
  traceId: string;
  spanId: string;
  /** Null of the operation that others are parts of. */
  parentSpanId: string | null;
  name: OperationName;
  kind: 'internal' | 'server' | 'client';
  startMs: number;
  endMs: number;
  attributes: Attributes;
  /** What it failed with: a code of errors.ts or the name of an error, never a message, which may hold anything. */
  failed: string | null;
};

type Begun = Pick<Span, 'traceId' | 'spanId' | 'parentSpanId' | 'startMs'>;

const KINDS: Partial<Record<OperationName, Span['kind']>> = { http: 'server', request: 'client', mail: 'client' };
/** Single postings are too many and too short: the batch they are in is a span. */
const TRACED = (Object.keys(CHANNELS) as OperationName[]).filter(name => name !== 'classify');

/** Makes a span of every operation but the classifying of single postings, until the function that it returns is called. What an operation does further down is part of it. */
export function traceOperations(keep: (span: Span) => void): () => void {
  const current = new AsyncLocalStorage<Begun>();
  const stops = TRACED.map(name => trace(name, current, keep));
  return () => {
    for (const stop of stops) stop();
  };
}

function trace<N extends OperationName>(name: N, current: AsyncLocalStorage<Begun>, keep: (span: Span) => void): () => void {
  const channel = CHANNELS[name];
  const begun = new WeakMap<Operation<N>, Begun>();
  channel.start.bindStore(current, operation => {
    const span = begin(current.getStore());
    begun.set(operation as Operation<N>, span);
    return span;
  });
  const heard = subscription<N>(name, {
    ended: operation => {
      const span = begun.get(operation);
      // One that had begun before anybody traced.
      if (span) keep(ended(name, span, operation));
    },
  });
  channel.subscribe(heard as Parameters<typeof channel.subscribe>[0]);
  return () => {
    channel.unsubscribe(heard as Parameters<typeof channel.unsubscribe>[0]);
    channel.start.unbindStore(current);
  };
}

function begin(parent: Begun | undefined): Begun {
  return {
    traceId: parent?.traceId ?? randomBytes(16).toString('hex'),
    spanId: randomBytes(8).toString('hex'),
    parentSpanId: parent?.spanId ?? null,
    startMs: Date.now(),
  };
}

function ended<N extends OperationName>(name: N, span: Begun, { facts, began, error }: Operation<N>): Span {
  const attributes = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as Attributes;
  // The length by a clock that is never set.
  const endMs = span.startMs + (performance.now() - began);
  return {
    ...span,
    name,
    kind: KINDS[name] ?? 'internal',
    endMs,
    attributes,
    failed: error === undefined ? failureIn(attributes) : nameOf(error),
  };
}

/** A request without an answer, and an answer of our own that is an error, are failures though nothing was thrown. */
function failureIn({ code, status, outcome }: Attributes): string | null {
  if (typeof code === 'string') return code;
  if (typeof status === 'number' && status >= 500) return String(status);
  return outcome === 'failed' ? 'failed' : null;
}

function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
