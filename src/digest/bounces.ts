import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Kysely } from 'kysely';
import PostalMime, { type Attachment, type Email } from 'postal-mime';
import { countFailure, deliveryById } from '../store/outbox.ts';
import type { Database } from '../store/schema.ts';
import { endAddress, endSubscription } from '../store/subscriptions.ts';
import { addressHashes, type Keyring, readToken } from './keys.ts';

/** What a returned mail or a report says of one of our mails. `hard`: no such mailbox. `soft`: not now. */
export type Returned = { delivery: string; kind: 'hard' | 'soft' | 'complaint' };

/** Soft returns in a row before no more is sent. */
const MOST_SOFT = 5;
const OLDEST_SECONDS = 300;

/**
 * Reads a returned mail (RFC 3464) or an abuse report (RFC 5965). Which of our mails it is about comes from the token of its return address
 * or from the Message-ID in it, never from an address named in it: anybody can write that. Null when it is neither, or about nothing of ours.
 */
export async function readReturned(raw: string | Uint8Array, keys: Keyring): Promise<Returned | null> {
  const mail = await PostalMime.parse(raw, { forceRfc822Attachments: true });
  const delivery = deliveryOf(mail, keys);
  if (delivery === null) return null;
  if (partOf(mail, 'message/feedback-report') !== null) return { delivery, kind: 'complaint' };
  const status = partOf(mail, 'message/delivery-status');
  if (status === null) return null;
  const action = /^action:\s*(\w+)/im.exec(status)?.[1]?.toLowerCase();
  const code = /^status:\s*([245])\./im.exec(status)?.[1];
  if (action === 'failed') return { delivery, kind: code === '4' ? 'soft' : 'hard' };
  return action === 'delayed' || code === '4' ? { delivery, kind: 'soft' } : null;
}

/** Reads what a mail provider posts: `{ "event": "bounce" | "soft_bounce" | "complaint", "message_id": "<digest.…>" }`. */
export function readEvent(body: unknown): Returned | null {
  if (typeof body !== 'object' || body === null) return null;
  const { event, message_id } = body as { event?: unknown; message_id?: unknown };
  const kind = ({ bounce: 'hard', soft_bounce: 'soft', complaint: 'complaint' } as const)[String(event)] ?? null;
  const delivery = ourId(String(message_id ?? ''));
  return kind === null || delivery === null ? null : { delivery, kind };
}

/** Draws the consequences; false when the mail is not known (any more). */
export async function applyReturned(db: Kysely<Database>, keys: Keyring, returned: Returned, now: Date): Promise<boolean> {
  const found = await deliveryById(db, returned.delivery);
  if (!found) return false;
  if (returned.kind === 'soft') {
    if ((await countFailure(db, found.subscription_id, true)) >= MOST_SOFT)
      await endSubscription(db, found.subscription_id, 'bounced', now);
  } else {
    await endAddress(db, addressHashes(keys, found.email), returned.kind === 'hard' ? 'bounced' : 'complained', now);
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
