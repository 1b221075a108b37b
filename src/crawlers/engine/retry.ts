import { OmbreError } from '../../errors.ts';
import { brokenAnswer } from './answer-errors.ts';

/** Most tries of one request, the first included. */
export const MAX_TRIES = 3;
/** A Retry-After longer than this is not waited for: the request fails with E_THROTTLED and the time to come back. */
export const PATIENCE_MS = 60_000;
const RETRY_AFTER_CAP_MS = 24 * 3600_000;

/** Statuses that may be another one soon. */
export function isPassing(status: number): boolean {
  return status === 408 || status === 425 || status === 429 || status >= 500;
}

/** Milliseconds a Retry-After header asks for (seconds or an HTTP date), at most 24 hours; null when it says nothing. */
export function retryAfterMs(value: string | undefined, now: number): number | null {
  if (value === undefined) return null;
  const text = value.trim();
  // Date.parse takes nearly anything for a date; an HTTP date has a month's name.
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : /[A-Za-z]{3}/.test(text) ? Date.parse(text) - now : Number.NaN;
  return Number.isNaN(ms) ? null : Math.min(Math.max(ms, 0), RETRY_AFTER_CAP_MS);
}

/** Pause before the next try: doubling, and spread so that several waiting clients do not come back together. */
export function backoffMs(tries: number, baseMs: number): number {
  return baseMs * 2 ** (tries - 1) * (0.5 + Math.random());
}

/** Errors of the network that the next try would only repeat: no such name, a certificate that does not hold. */
const LASTING = /^(?:ENOTFOUND|CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO|UNABLE_TO_|SELF_SIGNED|HOSTNAME_MISMATCH)/;

/** True of an error a further try may not meet. */
export function isPassingError(error: OmbreError): boolean {
  return error.code === 'E_TIMEOUT' || (error.code === 'E_NETWORK' && !LASTING.test(codeOf(error.cause)));
}

/** Any error of a request as one of the table: what undici, DNS, TLS and zlib throw becomes E_TIMEOUT, E_NETWORK or what is wrong with the answer, anything else E_BUG. */
export function asCoded(error: unknown): OmbreError {
  for (let inner = error; inner instanceof Error; inner = inner.cause) {
    if (inner instanceof OmbreError) return inner;
  }
  const broken = brokenAnswer(error);
  if (broken) return broken;
  const code = codeOf(error);
  if (/^UND_ERR_(?:CONNECT|HEADERS|BODY)_TIMEOUT$|^ETIMEDOUT$/.test(code)) return new OmbreError('E_TIMEOUT', code, { cause: error });
  if (/^Z_|^ERR__|BROTLI/.test(code)) {
    return new OmbreError('E_NETWORK', 'the compressed answer is cut or broken', { cause: error });
  }
  if (/^(?:E[A-Z]+|EAI_[A-Z]+|UND_ERR_.+|ERR_STREAM_PREMATURE_CLOSE)$/.test(code) || LASTING.test(code)) {
    return new OmbreError('E_NETWORK', code, { cause: error });
  }
  return new OmbreError('E_BUG', error instanceof Error ? error.message : String(error), { cause: error });
}

/** The same for an error that is to be the outcome of a request. A part of ours that is down is none: it is thrown on. */
export function ofTheHost(error: unknown): OmbreError {
  const coded = asCoded(error);
  if (coded.action === 'down') throw coded;
  return coded;
}

function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
