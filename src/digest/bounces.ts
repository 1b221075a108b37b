import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Kysely } from 'kysely';
import PostalMime, { type Attachment, type Email } from 'postal-mime';
import { endAddress } from '../store/digest/addresses.ts';
import { returnDelivery } from '../store/digest/outbox.ts';
import { countFailure } from '../store/digest/sections.ts';
import { endSubscription } from '../store/digest/subscriptions.ts';
import type { Database } from '../store/schema.ts';
import { addressHashes, type Keyring, readToken } from './keys.ts';
import { refusalOf } from './replies.ts';
import type { Refusal } from './reply-words.ts';
import { MOST_PUT_OFF, MOST_REFUSED } from './settle.ts';
import { redacted } from './smtp.ts';
import { doubted, PROVEN_HOURS, refusedBy } from './trouble.ts';

/**
 * What a report says of one of our mails: why it will not be delivered any more, or that its reader complained. `notice`: neither, as with a
 * delay, during which the server goes on trying.
 */
export type Returned = { delivery: string; kind: Refusal | 'complaint' | 'notice'; response: string };

const OLDEST_SECONDS = 300;

/**
 * Reads a returned mail (RFC 3464) or an abuse report (RFC 5965). Which of our mails it is about comes from the token of its return address
 * or from the Message-ID in it, never from an address named in it: anybody can write that. Null when it is neither, or about nothing of ours.
 */
export async function readReturned(raw: string | Uint8Array, keys: Keyring): Promise<Returned | null> {
  const mail = await PostalMime.parse(raw, { forceRfc822Attachments: true });
  const delivery = deliveryOf(mail, keys);
  if (delivery === null) return null;
  if (partOf(mail, 'message/feedback-report') !== null) return { delivery, kind: 'complaint', response: '' };
  const report = partOf(mail, 'message/delivery-status')?.replace(/\r?\n[ \t]+/g, ' ');
  if (report === undefined) return null;
  const field = (name: string) => new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(report)?.[1]?.trim() ?? '';
  const action = /^\w+/.exec(field('action'))?.[0].toLowerCase();
  const status = /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(field('status'))?.[0];
  const said = field('diagnostic-code');
  const response = `${status ?? ''} ${said}`.trim();
  return { delivery, kind: action === 'failed' ? meaning(status, said) : 'notice', response };
}

/** What a report of failure means by its status and by the reply it quotes. */
function meaning(status: string | undefined, said: string): Refusal {
  const code = Number(/^(?:smtp;\s*)?(\d{3})\b/i.exec(said)?.[1] ?? 0);
  return refusalOf({ code, ...(status !== undefined && { status }), text: said, at: 'recipient' });
}

/**
 * Reads what a mail provider posts: `{ "event": "bounce" | "soft_bounce" | "complaint", "message_id": "<digest.…>" }`, for a bounce also
 * `status` ("5.7.1") and `reason`, the reply: without them it is taken for "no such mailbox".
 */
export function readEvent(body: unknown): Returned | null {
  if (typeof body !== 'object' || body === null) return null;
  const { event, message_id, status, reason } = body as { event?: unknown; message_id?: unknown; status?: unknown; reason?: unknown };
  const delivery = ourId(String(message_id ?? ''));
  if (delivery === null) return null;
  const said = typeof reason === 'string' ? reason : '';
  const response = `${typeof status === 'string' ? status : ''} ${said}`.trim();
  if (event === 'complaint') return { delivery, kind: 'complaint', response };
  if (event === 'soft_bounce') return { delivery, kind: 'soft', response };
  if (event !== 'bounce') return null;
  const kind = response === '' ? 'mailbox' : meaning(typeof status === 'string' ? status : undefined, said);
  return { delivery, kind, response };
}

/** Draws the consequences; false when the mail is not known (any more). */
export async function applyReturned(db: Kysely<Database>, keys: Keyring, returned: Returned, now: Date): Promise<boolean> {
  const { kind } = returned;
  if (kind === 'notice') return true;
  const note = (untold: boolean) => returnDelivery(db, returned.delivery, { now, untold });
  // Nobody has read what came back. Who complains has; what is refused for what it is, is not tried for ever.
  const found = await note(kind !== 'complaint' && kind !== 'message');
  if (!found) return false;
  const trouble = () => {
    const scope = found.email.slice(found.email.lastIndexOf('@') + 1);
    return refusedBy(db, { scope, response: redacted(returned.response), returned: true }, now);
  };
  const end = (state: 'bounced' | 'complained') =>
    endAddress(db, { email: found.email, hashes: addressHashes(keys, found.email) }, state, now);
  if (kind === 'complaint') await end('complained');
  else if (kind === 'mailbox') await end('bounced');
  else if (kind === 'doubtful') {
    const doubt = await doubted(db, found.subscription_id, now, PROVEN_HOURS);
    if (doubt === 'gone') await end('bounced');
    if (doubt === 'domain') await trouble();
  } else if (kind === 'sender' || kind === 'throttled') await trouble();
  else {
    const counted = await countFailure(db, found.id);
    const over = counted.filter(({ failures }) => failures >= (kind === 'message' ? MOST_REFUSED : MOST_PUT_OFF));
    for (const { id } of over) await endSubscription(db, id, 'bounced', now);
    if (kind === 'message' && over.length < counted.length) await note(true);
  }
  return true;
}

/** Whether `t=SECONDS,v1=HEX` signs these bytes: HMAC-SHA256 of `SECONDS.BODY`, not older than five minutes. */
export function isSigned(body: Buffer, header: string | undefined, secret: string, now: Date): boolean {
  const [, seconds, given] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header ?? '') ?? [];
  if (!seconds || !given || Math.abs(now.getTime() / 1000 - Number(seconds)) > OLDEST_SECONDS) return false;
  const made = createHmac('sha256', secret).update(`${seconds}.`).update(body).digest();
  return timingSafeEqual(made, Buffer.from(given, 'hex'));
}

function deliveryOf(mail: Email, keys: Keyring): string | null {
  const to = mail.headers
    .filter(({ key }) => ['to', 'delivered-to', 'x-original-to', 'envelope-to'].includes(key))
    .map(({ value }) => value);
  for (const text of to) {
    const token = /bounce\+([a-z0-9]{1,8}\.[\w-]{46})@/.exec(text)?.[1];
    const id = token ? readToken(keys, 'bounce', token) : null;
    if (id !== null) return id;
  }
  for (const type of ['message/rfc822', 'text/rfc822-headers', 'message/rfc822-headers']) {
    const id = ourId(partOf(mail, type) ?? '');
    if (id !== null) return id;
  }
  return null;
}

function ourId(text: string): string | null {
  return /<digest\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@/.exec(text)?.[1] ?? null;
}

function partOf(mail: Email, type: string): string | null {
  const part = mail.attachments.find(attachment => attachment.mimeType === type);
  return part ? textOf(part) : null;
}

function textOf({ content }: Attachment): string {
  return typeof content === 'string' ? content : new TextDecoder().decode(content);
}
