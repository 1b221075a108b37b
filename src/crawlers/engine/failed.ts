import type { OmbreError } from '../../errors.ts';
import type { Fetched } from './fetching.ts';

export type Failed = Extract<Fetched, { kind: 'failed' }>;

/** A coded error as the outcome of a request. `retryAt` is ISO 8601. */
export function failure(error: OmbreError, status: number | null = null, retryAt: string | null = null): Failed {
  return { kind: 'failed', code: error.code, message: error.message, status, retryAt };
}
