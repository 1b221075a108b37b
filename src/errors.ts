/**
 * The one table of coded errors. `action` is what follows from it, and decides who acts:
 * `retry` the same thing may work soon; `cool_down` leave that host or source alone for a while; `gone` the thing is not there any more;
 * `operator` a person must change something; `user` the caller's own mistake (exit code 2); `down` a part Ombre needs is not there (exit code 3);
 * `recycle` the process is to be started again (exit code 4); `bug`.
 */
export const ERRORS = {
  E_USAGE: { action: 'user', message: 'The command was not called as it should be' },
  E_CONFIG: { action: 'user', message: 'A setting has a value that is not allowed' },
  E_FILTER: { action: 'user', message: 'A filter has a value that is not allowed' },
  E_SOURCE: { action: 'user', message: 'A source row is not as it should be' },
  E_RULE: { action: 'user', message: 'A rule file is not as it should be' },
  E_INPUT: { action: 'user', message: 'A file or line is not as it should be' },
  E_ENTRY: { action: 'user', message: 'One entry needs a correction' },
  E_DB_DOWN: { action: 'down', message: 'Postgres does not answer' },
  E_DB_LOCKED: { action: 'down', message: 'The private Postgres of this folder is held by another process' },
  E_DISK_FULL: { action: 'down', message: 'The disk is full' },
  E_DB_NEWER: { action: 'down', message: 'The database is newer than this program' },
  E_QUEUE_DOWN: { action: 'down', message: 'The queue does not answer' },
  E_PORT_TAKEN: { action: 'down', message: 'The port is taken by another process' },
  E_NO_HEARTBEAT: { action: 'down', message: 'No worker gives a sign of life' },
  E_NETWORK: { action: 'retry', message: 'The host could not be reached' },
  E_TIMEOUT: { action: 'retry', message: 'The host did not answer in time' },
  E_STATUS: { action: 'retry', message: 'The host answered with an error of its own' },
  E_THROTTLED: { action: 'cool_down', message: 'The host asks to be left alone for a while' },
  E_ROBOTS: { action: 'operator', message: 'robots.txt forbids it' },
  E_ROBOTS_UNREADABLE: { action: 'cool_down', message: 'robots.txt could not be read, so nothing on that host is crawled' },
  E_BLOCKED: { action: 'cool_down', message: 'The host refuses this crawler' },
  E_TOO_LARGE: { action: 'operator', message: 'The answer is larger than allowed' },
  E_REDIRECT: { action: 'operator', message: 'The answer leads somewhere it must not' },
  E_UNSAFE_URL: { action: 'operator', message: 'The address is not one a crawler may open' },
  E_CONTENT: { action: 'operator', message: 'The answer is of a type nobody here reads' },
  E_BROWSER: { action: 'operator', message: 'The browser for rendered pages is missing or broke down' },
  E_NOT_RECORDED: { action: 'gone', message: 'The recording holds no answer for this request' },
  E_GONE: { action: 'gone', message: 'It is not there any more' },
  E_VISIT_LIMIT: { action: 'operator', message: 'A limit of the visit was reached' },
  E_CRASHED: { action: 'cool_down', message: 'The process ended in the middle of this visit' },
  E_MEMORY: { action: 'recycle', message: 'This process uses too much memory' },
  E_BUSY: { action: 'retry', message: 'Another process works on it at this moment' },
  E_STOPPED: { action: 'retry', message: 'The work was stopped before it was done' },
  E_BUG: { action: 'bug', message: 'Ombre did something it should not' },
} as const satisfies Record<
  string,
  { action: 'retry' | 'cool_down' | 'gone' | 'operator' | 'user' | 'down' | 'recycle' | 'bug'; message: string }
>;

export type ErrorCode = keyof typeof ERRORS;
export type ErrorAction = (typeof ERRORS)[ErrorCode]['action'];

/** An error with a code of the table. `detail` is one clause naming the thing and the value; the table's sentence stands before it. */
export class OmbreError extends Error {
  override readonly name = 'OmbreError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, detail?: string, options?: { cause?: unknown }) {
    super(detail ? `${ERRORS[code].message}: ${detail}` : ERRORS[code].message, options);
    this.code = code;
  }

  get action(): ErrorAction {
    return ERRORS[this.code].action;
  }
}

/** A user's mistake: names the field, the value and what is allowed. */
export function mistake(
  code: 'E_USAGE' | 'E_CONFIG' | 'E_FILTER' | 'E_SOURCE' | 'E_RULE' | 'E_INPUT',
  field: string,
  value: unknown,
  allowed: string,
): OmbreError {
  const shown = value === undefined ? 'missing' : JSON.stringify(value);
  return new OmbreError(code, `${field} is ${shown.length > 120 ? `${shown.slice(0, 117)}...` : shown}; allowed: ${allowed}`);
}

/** The exit code of a command that ended with this error. */
export function exitCode(error: unknown): 1 | 2 | 3 | 4 {
  if (!(error instanceof OmbreError)) return 1;
  if (error.action === 'user') return 2;
  if (error.action === 'recycle') return 4;
  return error.action === 'down' ? 3 : 1;
}

/** The message of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
