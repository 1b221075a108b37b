import type { FastifyInstance } from 'fastify';
import { rangesHold } from '../ranges.ts';
import { networkOf } from './logged-request.ts';

/** A peer outside of TRUST_PROXY that sends what only proxies add. `near`: it has a private address, as an own proxy mostly has. */
export type UntrustedProxy = { peer: string; header: string; near: boolean };

const HEADERS = ['x-forwarded-for', 'forwarded', 'x-real-ip'] as const;
const isNear = rangesHold(['loopback', 'linklocal', 'uniquelocal']);
/** Told again after this, so that who keeps it knows that it is still so. */
const AGAIN_MS = 86_400_000;

/**
 * Says once in the log when requests come through a proxy that is not trusted, because all its visitors then count as one address, and
 * tells `onSeen` once a day. Near and far peers are told apart: any visitor can make up such a header, and must not use up the warning.
 */
export function watchProxies(app: FastifyInstance, proxies: readonly string[], onSeen: (seen: UntrustedProxy) => void): void {
  const trusted = rangesHold(proxies);
  const told = new Map<boolean, number>();
  app.addHook('onRequest', async request => {
    const header = HEADERS.find(name => request.headers[name] !== undefined);
    const peer = plain(request.socket.remoteAddress);
    if (header === undefined || peer === '' || trusted(peer)) return;
    const near = isNear(peer);
    const before = told.get(near);
    if (before !== undefined && Date.now() - before < AGAIN_MS) return;
    told.set(near, Date.now());
    // A far one may be a visitor, whose address the log does not hold.
    const shown = near ? peer : networkOf(peer);
    if (before === undefined) app.log.warn({ peer: shown, header }, untrustedProxy({ peer: shown, header, near }));
    onSeen({ peer, header, near });
  });
}

/** Whether a sighting is still one under these settings, and how near it is. */
export function judgeProxy(seen: { peer: string; header: string }, proxies: readonly string[]): UntrustedProxy | null {
  return rangesHold(proxies)(seen.peer) ? null : { ...seen, near: isNear(seen.peer) };
}

/** One sentence about it, for log and doctor. */
export function untrustedProxy({ peer, header }: UntrustedProxy): string {
  return `${peer} sends ${header}, but TRUST_PROXY does not name it: if it is your proxy, all visitors behind it count as one address`;
}

/** IPv4 as such, also on a socket that takes both. */
function plain(address = ''): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}
