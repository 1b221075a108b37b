import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ERRORS, OmbreError } from '../errors.ts';
import { isFilterMistake } from '../feed/filter.ts';
import { TooManyRequests } from './limits.ts';

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** An error as RFC 9457 tells it; more members say what went wrong in a form programs can read. */
type Problem = { status: number; title?: string; detail?: string; code?: string; field?: string; value?: unknown; allowed?: string };

/** Sends a problem. Errors are never cached. */
export function sendProblem(reply: FastifyReply, problem: Problem & Record<string, unknown>): FastifyReply {
  const { status, title = STATUS_CODES[status] ?? 'Error', ...rest } = problem;
  return reply
    .code(status)
    .header('content-type', PROBLEM_TYPE)
    .header('cache-control', 'no-store')
    .removeHeader('etag')
    .removeHeader('last-modified')
    .send(JSON.stringify({ type: 'about:blank', title, status, ...rest }));
}

/** Every error of every route becomes a problem. */
export function addProblems(app: FastifyInstance): void {
  app.setNotFoundHandler((request, reply) =>
    sendProblem(reply, { status: 404, detail: `there is nothing at ${request.url.split('?')[0]}` }),
  );
  tellErrors(app, sendProblem);
}

/** Tells the errors of a scope by `tell`, which sends the problem an error is; what is our own fault is logged and not told. */
export function tellErrors(
  app: FastifyInstance,
  tell: (reply: FastifyReply, problem: Problem, error: FastifyError, request: FastifyRequest) => FastifyReply,
): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const problem = problemOf(error);
    // A database that is away is told of once, by whoever opened it, and not by each request.
    if (problem.status >= 500 && problem.code !== 'E_DB_DOWN') request.log.error({ err: error }, 'request failed');
    // The lines of the log about it have this name.
    if (problem.status >= 500) reply.header('x-request-id', request.id);
    // When to come back, where an error says so or is one of a moment.
    if (problem.status === 503) reply.header('retry-after', '10');
    if (error instanceof TooManyRequests) reply.header('retry-after', String(error.retryAfter));
    return tell(reply, problem, error, request);
  });
}

/** What an error is told as: its status, and what may be said of it. */
export function problemOf(error: FastifyError | OmbreError): Problem {
  if (isFilterMistake(error)) {
    const { field, value, allowed, code } = error;
    return { status: 400, title: 'A filter has a value that is not allowed', detail: error.message, code, field, value, allowed };
  }
  if (error instanceof OmbreError) {
    if (error.action === 'user') return { status: 400, detail: error.message, code: error.code, ...partsOf(error) };
    // The reason names addresses and accounts, which are not the public's.
    return error.action === 'down'
      ? { status: 503, detail: ERRORS[error.code].message, code: error.code }
      : { status: 500, code: error.code };
  }
  // 57014: statement timeout.
  if (error.code === '57014') return { status: 503, detail: 'the question took too long; narrow the filter', code: 'E_TIMEOUT' };
  const status = error.statusCode ?? 500;
  return status < 500 ? { status, detail: error.message } : { status: 500 };
}

/** The field of a form and what it takes, where the mistake names them. */
function partsOf(error: OmbreError): Pick<Problem, 'field' | 'allowed'> {
  return 'field' in error && 'allowed' in error ? { field: String(error.field), allowed: String(error.allowed) } : {};
}
