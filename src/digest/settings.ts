import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { messageOf, mistake } from '../errors.ts';
import { readAddress } from './address.ts';

export type MailSettings = {
  from: { name: string; address: string };
  /** Domain of Message-IDs and of the List-Id. */
  domain: string;
  postalAddress: string | null;
  perMinute: number;
  /** Null: mails are written into `folder`. */
  smtpUrl: string | null;
  folder: string;
  dkim: { domainName: string; keySelector: string; privateKey: string } | null;
  bounceDomain: string | null;
};

/** Where mails are written while no server is set. */
export function outboxFolder({ OMBRE_HOME }: Pick<Config, 'OMBRE_HOME'>): string {
  return join(OMBRE_HOME, 'outbox');
}

/** What is wrong with the links of mails that are sent, when PUBLIC_URL is not https: RFC 8058 asks for that. Null when nothing is. */
export function insecureLinks({ SMTP_URL, PUBLIC_URL }: Pick<Config, 'SMTP_URL' | 'PUBLIC_URL'>): string | null {
  if (SMTP_URL === null || PUBLIC_URL === null || !URL.canParse(PUBLIC_URL)) return null;
  const { protocol, hostname } = new URL(PUBLIC_URL);
  if (protocol === 'https:' || /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)) return null;
  return `PUBLIC_URL is ${PUBLIC_URL}: mailboxes offer their unsubscribe button for https links only (RFC 8058)`;
}

/** What mails are made and sent with. Throws E_CONFIG when something is missing without which no mail may be sent. */
export async function mailSettings(config: Config): Promise<MailSettings> {
  if (config.SMTP_URL !== null) {
    for (const name of ['MAIL_FROM', 'POSTAL_ADDRESS', 'PUBLIC_URL'] as const) {
      if (config[name] === null) throw mistake('E_CONFIG', name, undefined, 'a value when SMTP_URL is set: every mail shows it');
    }
    if (config.DIGEST_KEYS.length === 0 && config.DIGEST_KEYS_FILE === null) {
      throw mistake('E_CONFIG', 'DIGEST_KEYS', undefined, 'id:secret when SMTP_URL is set, or the file of DIGEST_KEYS_FILE');
    }
    if (!/^smtps?:\/\//.test(config.SMTP_URL) || !URL.canParse(config.SMTP_URL)) {
      throw mistake('E_CONFIG', 'SMTP_URL', '********', 'smtp://user:password@host:port or smtps://…');
    }
  }
  const from = readSender(config.MAIL_FROM ?? `Ombre <digest@${config.FEED_DOMAIN}>`);
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1);
  return {
    from,
    domain,
    postalAddress: config.POSTAL_ADDRESS,
    perMinute: config.MAIL_RATE,
    smtpUrl: config.SMTP_URL,
    folder: outboxFolder(config),
    dkim:
      config.DKIM_FILE === null
        ? null
        : { domainName: domain, keySelector: config.DKIM_SELECTOR, privateKey: await readKey(config.DKIM_FILE) },
    bounceDomain: config.BOUNCE_DOMAIN,
  };
}

function readSender(text: string): MailSettings['from'] {
  const [, name, inner, plain] = /^\s*(?:([^<>@\p{Cc}]*?)\s*<([^<>\s]+)>|([^<>\s]+))\s*$/u.exec(text) ?? [];
  try {
    return { name: (name ?? '').replace(/^"|"$/g, ''), address: readAddress(inner ?? plain) };
  } catch {
    throw mistake('E_CONFIG', 'MAIL_FROM', text, 'an address such as Ombre <digest@example.org>');
  }
}

async function readKey(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw mistake('E_CONFIG', 'DKIM_FILE', file, `a file that can be read (${messageOf(error)})`);
  }
}
