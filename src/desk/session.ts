import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { networkOf } from '../http/logged-request.ts';
import { type Actor, noteChange } from '../store/desk/audit.ts';
import { LONGEST_HOURS, openSession, useSession } from '../store/desk/sessions.ts';
import { formOf } from '../web/forms.ts';
import type { Desk } from './context.ts';

const COOKIE = 'ombre_desk';
export const LOGIN = '/admin/login';

/** A living session of this request: who acts, the hash its row is found by, and the token that its forms carry. */
export type Session = { actor: Actor; tokenHash: string; csrf: string };

const sessions = new WeakMap<FastifyRequest, Session>();

/** The session of a request behind the guard. */
export function sessionOf(request: FastifyRequest): Session {
  const session = sessions.get(request);
  if (!session) throw new Error('a route of the desk outside of its guard');
  return session;
}

/** Who acts by this request, for the audit. */
export function actorOf(request: FastifyRequest): Actor {
  return sessionOf(request).actor;
}

/** An error that is told on a page with this status. */
export function refused(statusCode: number, told: string): Error & { statusCode: number } {
  return Object.assign(new Error(told), { statusCode });
}

/**
 * Lets nobody to the routes of a scope who has no living session: a GET is led to the login, anything else is refused (401). What changes
 * something must come from a page of ours (403), with the token of its session in the form (403).
 */
export function guard(app: FastifyInstance, desk: Desk): void {
  app.addHook('onRequest', async (request, reply) => {
    const changes = isChange(request);
    if (changes) mustBeSameSite(request, desk);
    const session = await livingSession(request, desk);
    if (session) sessions.set(request, session);
    else if (changes) throw refused(401, 'You are not logged in, or the session has ended. Log in and try again.');
    else return reply.redirect(`${LOGIN}?to=${encodeURIComponent(request.url.split('?')[0] ?? '')}`, 303);
  });
  app.addHook('preHandler', async request => {
    if (isChange(request) && !sameText(formOf(request).get('csrf') ?? '', sessionOf(request).csrf))
      throw refused(403, 'This form is of another session. Go back, load the page anew and try again.');
  });
}

function isChange({ method }: FastifyRequest): boolean {
  return method !== 'GET' && method !== 'HEAD';
}

/** Refuses (403) what a page of another site may have sent: browsers say where a form was by one of two headers, and a page cannot leave both out. */
export function mustBeSameSite({ headers, host }: FastifyRequest, desk: Pick<Desk, 'site'>): void {
  const { origin, 'sec-fetch-site': site } = headers;
  const ours = [new URL(desk.site().origin).origin, `http://${host}`, `https://${host}`];
  const isOurs = origin === undefined ? site === 'same-origin' : ours.includes(origin) && (site === undefined || site === 'same-origin');
  if (!isOurs) throw refused(403, 'This did not come from a page of the desk.');
}

/** Opens a session for whoever knows the password, notes it, and gives its token to the browser. */
export async function beginSession(request: FastifyRequest, reply: FastifyReply, desk: Desk): Promise<void> {
  const token = randomBytes(32).toString('base64url');
  const { tokenHash, actor } = sessionFor(token, request);
  await desk.writer.transaction().execute(async trx => {
    await openSession(trx, { tokenHash, credential: desk.credential.mark }, actor.network ?? '');
    await noteChange(trx, actor, { what: 'desk.login' });
  });
  setCookie(reply, desk, token, LONGEST_HOURS * 3600);
}

/** Takes the token back from the browser. */
export function forgetToken(reply: FastifyReply, desk: Desk): void {
  setCookie(reply, desk, '', 0);
}

/** Whether a request has a living session, which is used by asking. */
export async function livingSession(request: FastifyRequest, desk: Desk): Promise<Session | null> {
  const token = tokenOf(request);
  if (token === null) return null;
  const session = sessionFor(token, request);
  const isLiving = await useSession(desk.writer, { tokenHash: session.tokenHash, credential: desk.credential.mark });
  return isLiving ? session : null;
}

function sessionFor(token: string, request: FastifyRequest): Session {
  const tokenHash = createHash('sha256').update(token).digest('hex');
  const csrf = createHmac('sha256', token).update('csrf').digest('base64url');
  return { tokenHash, csrf, actor: { via: 'desk', who: tokenHash.slice(0, 8), network: networkOf(request.ip) } };
}

function tokenOf({ headers }: FastifyRequest): string | null {
  const found = (headers.cookie ?? '')
    .split(';')
    .map(part => part.trim())
    .find(part => part.startsWith(`${COOKIE}=`));
  const token = found?.slice(COOKIE.length + 1) ?? '';
  return /^[\w-]{43}$/.test(token) ? token : null;
}

function setCookie(reply: FastifyReply, { isSecure }: Desk, token: string, seconds: number): void {
  const parts = [`${COOKIE}=${token}`, 'Path=/admin', `Max-Age=${seconds}`, 'HttpOnly', 'SameSite=Strict', ...(isSecure ? ['Secure'] : [])];
  reply.header('set-cookie', parts.join('; '));
}

function sameText(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
