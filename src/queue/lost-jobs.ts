import { ErrorCode } from 'bullmq';

/** What BullMQ's worker says, job by job, when locks could not be renewed; it tells `lockRenewalFailed` just before. */
const NOT_RENEWED = /^could not renew lock for job /;
const NOT_OURS = new Set<unknown>([ErrorCode.JobNotExist, ErrorCode.JobLockNotExist, ErrorCode.JobNotInState, ErrorCode.JobLockMismatch]);

/** Whether an error only repeats that locks could not be renewed. */
export function isLockLost(error: Error): boolean {
  return NOT_RENEWED.test(error.message);
}

/** Whether an error says that a job which came to its end is not this worker's any more: the queue lost it, or gave it to another worker. */
export function isJobLost(error: Error & { code?: unknown }): boolean {
  return NOT_OURS.has(error.code);
}
