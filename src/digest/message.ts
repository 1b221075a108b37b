import nodemailer from 'nodemailer';
import type { Claim } from '../store/digest/outbox.ts';
import { type Keyring, makeToken } from './keys.ts';
import type { Mail } from './mail.ts';
import type { MailSettings } from './settings.ts';

/** A mail as it goes out: the envelope and the bytes. */
export type Message = { from: string; to: string; bytes: Buffer };

/** RFC 8058 wants the signature to cover the unsubscribe headers; nodemailer's own list leaves one of them out. */
const SIGNED = 'From:To:Subject:Date:Message-ID:MIME-Version:Content-Type:Reply-To:List-Id:List-Unsubscribe:List-Unsubscribe-Post';

const composer = nodemailer.createTransport({ streamTransport: true, buffer: true, newline: 'windows' });

/** The same for every try of a delivery, so that a mail that comes twice is known as one. */
function messageId(deliveryId: string, domain: string): string {
  return `<digest.${deliveryId}@${domain}>`;
}

/** Puts a mail into its MIME form: text first, then HTML; list headers by hand; signed when there is a key. */
export async function mimeOf(
  mail: Mail,
  claim: Pick<Claim, 'id' | 'email' | 'dated_at'>,
  { settings, keys }: { settings: MailSettings; keys: Keyring },
): Promise<Message> {
  const { domain, from, dkim, bounceDomain } = settings;
  const list = mail.list && {
    'List-Id': `Ombre digest <digest.${domain}>`,
    'List-Unsubscribe': `<${mail.list.unsubscribe}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    'List-Help': `<${mail.list.manage}>`,
    Precedence: 'bulk',
  };
  const { message } = await composer.sendMail({
    from,
    // As an object: a text would be parsed, and might name somebody else.
    to: { name: '', address: claim.email },
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    date: claim.dated_at,
    messageId: messageId(claim.id, domain),
    headers: { 'Auto-Submitted': 'auto-generated', ...list },
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(dkim && { dkim: { ...dkim, headerFieldNames: SIGNED } }),
  });
  const sender = bounceDomain ? `bounce+${makeToken(keys, 'bounce', claim.id)}@${bounceDomain}` : from.address;
  if (!Buffer.isBuffer(message)) throw new TypeError('the message was not buffered');
  return { from: sender, to: claim.email, bytes: message };
}
