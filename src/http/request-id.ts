import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { rangesHold } from '../ranges.ts';

/** What proxies and tracers use as ids; anything else could make a line of the log long, or look like something it is not. */
const SANE = /^[\w.:+=-]{8,128}$/;

/**
 * Names requests, so that the lines of the log about one can be found: as X-Request-Id has it where a proxy that TRUST_PROXY names sends it, for its
 * own log has the same name then, and else by a number behind what tells this process from others. A visitor's own is not taken: he could make his requests look like somebody else's.
 */
export function requestIds(trusted: readonly string[]): (request: Pick<IncomingMessage, 'headers' | 'socket'>) => string {
  const process = randomBytes(4).toString('hex');
  let made = 0;
  const isTrusted = trusted.length > 0 ? rangesHold(trusted) : () => false;
  return ({ headers, socket }) => {
    const given = headers['x-request-id'];
    const isSane = typeof given === 'string' && SANE.test(given);
    return isSane && isTrusted(socket.remoteAddress ?? '') ? given : `${process}-${(made++).toString(36)}`;
  };
}
