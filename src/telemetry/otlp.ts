import type { Span } from './spans.ts';

export type OtlpOptions = {
  /** Address of the collector; `/v1/traces` is added, as OTLP has it. */
  endpoint: string;
  headers?: Readonly<Record<string, string>>;
  /** What the process is: service.name, service.version and the like. */
  resource: Readonly<Record<string, string | number>>;
  /** Told after each sending: how many spans arrived, how many were lost, since the last time it was told, and why. */
  onDone?: (done: { sent: number; lost: number; error: unknown }) => void;
  /** Milliseconds between two sendings, and for one. */
  everyMs?: number;
  timeoutMs?: number;
  /** Spans that wait at most; those that come then are lost. */
  most?: number;
};

export type Exporter = {
  take(span: Span): void;
  /** Sends what waits, within a second. */
  close(): Promise<void>;
};

/** Spans in one request. */
const BATCH = 512;
const CLOSE_MS = 1_000;
/** Numbers of the protocol. */
const KINDS = { internal: 1, server: 2, client: 3 } as const;
const STATUS_ERROR = 2;

/**
 * Sends spans to a collector in the JSON form of OTLP 1.x over HTTP, a batch at a time, beside everything else. Nobody ever waits for it: while the
 * collector is slow spans wait in a queue of fixed length, and a batch that it does not take is lost.
 */
export function otlpExporter(options: OtlpOptions): Exporter {
  const { everyMs = 5_000, timeoutMs = 10_000, most = 2_048, onDone = () => undefined } = options;
  const url = `${options.endpoint.replace(/\/+$/, '')}/v1/traces`;
  const waiting: Span[] = [];
  let overflown = 0;
  let closed = false;
  // One controller a request: AbortSignal.any on a signal that lives as long as the process keeps 1 kB of every request (Node 24).
  let attempt = new AbortController();
  let sending: Promise<void> | null = null;

  const send = async () => {
    while (waiting.length > 0 && !(closed && attempt.signal.aborted)) {
      attempt = new AbortController();
      const { signal } = attempt;
      const late = setTimeout(() => attempt.abort(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
      const batch = waiting.splice(0, BATCH);
      const overflow = overflown;
      overflown = 0;
      try {
        await post(url, bodyOf(batch, options.resource), options.headers, signal);
        onDone({ sent: batch.length, lost: overflow, error: overflow > 0 ? new Error('more spans than the collector takes') : null });
      } catch (error) {
        onDone({ sent: 0, lost: batch.length + overflow, error });
        // The next turn tries the next ones: a collector that is away is not asked a hundred times a second.
        return;
      } finally {
        clearTimeout(late);
      }
    }
  };
  const flush = () => {
    sending ??= send().finally(() => {
      sending = null;
    });
    return sending;
  };
  const timer = setInterval(() => void flush(), everyMs).unref();
  return {
    take: span => {
      if (waiting.length >= most) overflown += 1;
      else waiting.push(span);
    },
    close: async () => {
      clearInterval(timer);
      const late = setTimeout(() => {
        closed = true;
        attempt.abort(new Error('the process ends'));
      }, CLOSE_MS);
      try {
        // What a sending under way has taken, and then what came meanwhile.
        await sending;
        await flush();
      } finally {
        clearTimeout(late);
      }
    },
  };
}

async function post(url: string, body: string, headers: OtlpOptions['headers'], signal: AbortSignal): Promise<void> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body,
    redirect: 'error',
    signal,
  });
  await answer.body?.cancel();
  if (!answer.ok) throw new Error(`the collector answers ${answer.status}`);
}

function bodyOf(spans: readonly Span[], resource: OtlpOptions['resource']): string {
  const scopeSpans = [{ scope: { name: 'ombre' }, spans: spans.map(spanOf) }];
  return JSON.stringify({ resourceSpans: [{ resource: { attributes: attributesOf(resource) }, scopeSpans }] });
}

function spanOf({ traceId, spanId, parentSpanId, name, kind, startMs, endMs, attributes, failed }: Span) {
  return {
    traceId,
    spanId,
    ...(parentSpanId !== null && { parentSpanId }),
    name,
    kind: KINDS[kind],
    startTimeUnixNano: nanos(startMs),
    endTimeUnixNano: nanos(endMs),
    attributes: attributesOf(attributes),
    status: failed === null ? {} : { code: STATUS_ERROR, message: failed },
  };
}

/** As text: a number of JavaScript is too coarse for nanoseconds since 1970. */
function nanos(ms: number): string {
  return String(BigInt(Math.round(ms * 1_000)) * 1_000n);
}

function attributesOf(attributes: Readonly<Record<string, string | number>>) {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: anyValueOf(value) }));
}

function anyValueOf(value: string | number) {
  if (typeof value === 'string') return { stringValue: value };
  return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
}
