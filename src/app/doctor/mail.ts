import nodemailer from 'nodemailer';
import type { Config } from '../../config.ts';
import { digestHealth } from '../../digest/mail-health.ts';
import { insecureLinks, mailSettings } from '../../digest/settings.ts';
import { bad, type Check, good, guarded, onTables } from './check.ts';

const ANSWER_MS = 5_000;
const MISSET = 'correct the settings of the mails; docs/operating.md lists them';
const LATE = 'run `ombre digest status`, which names who refuses our mails, and look whether a worker runs';

/** Whether mails go out in time, under settings that allow it. */
export async function checkDigest(config: Config, url: string): Promise<Check[]> {
  return onTables(url, { name: 'digest', remedy: 'run `ombre digest status`' }, async db => {
    const { ok, message } = await digestHealth(db);
    const set = await guarded('digest', MISSET, () => mailSettings(config));
    if ('check' in set) return [set.check];
    return [ok ? good('digest', message) : bad('digest', message, LATE)];
  });
}

/** Nothing when no SMTP server is set: then no mail is sent, which is no fault. */
export async function checkSmtp(config: Config): Promise<Check[]> {
  if (config.SMTP_URL === null) return [];
  const url = config.SMTP_URL;
  const said = await guarded('smtp', 'start the server that SMTP_URL names, or correct SMTP_URL', async () => {
    const transport = nodemailer.createTransport({
      url,
      connectionTimeout: ANSWER_MS,
      greetingTimeout: ANSWER_MS,
      socketTimeout: ANSWER_MS,
    });
    try {
      await transport.verify();
    } finally {
      transport.close();
    }
  });
  return ['check' in said ? said.check : good('smtp', 'the mail server greets and lets us in')];
}

/** Nothing when the links in mails lead to an https address, or to nobody else. */
export function checkLinks(config: Config): Check[] {
  const insecure = insecureLinks(config);
  return insecure === null ? [] : [bad('mail links', insecure, 'set PUBLIC_URL to an https address')];
}
