import { createApi } from '../../../src/api/server.ts';
import { openMetrics } from '../../../src/app/metrics/open.ts';
import { readConfig } from '../../../src/config.ts';
import { openKeyring } from '../../../src/digest/keys.ts';
import type { Sender } from '../../../src/digest/send.ts';
import { mailSettings } from '../../../src/digest/settings.ts';
import { subscriptionRoutes } from '../../../src/web/subscribe/routes.ts';
import { type Got, mailServer, parsed } from '../../digest/mail-server.ts';
import { later, MAIL } from '../../digest/support.ts';
import type { TestDatabase } from '../../support/database.ts';

/** The subscription pages over a real server, the mails they lead to in a real mailbox, and a clock that a test may turn forward. */
export async function mailSite(t: TestDatabase, env: Record<string, string> = {}) {
  const server = await mailServer();
  const set = {
    ...MAIL,
    SMTP_URL: server.url,
    PUBLIC_URL: 'https://jobs.example',
    RATE_LIMIT: '0',
    SUBSCRIBE_RATE: '0',
    MAIL_RATE: '100000',
    ...env,
  };
  const config = readConfig(set);
  const metrics = openMetrics({ role: 'api', rules: null, config, db: t.db });
  const app = createApi({ config, db: t.db, metrics, web: subscriptionRoutes({ config, databaseUrl: t.url }) });
  const origin = await app.listen({ port: 0, host: '127.0.0.1' });
  const clock = { hours: 0 };
  const sender: Sender = {
    db: t.db,
    site: { origin: 'https://jobs.example', domain: 'jobs.example' },
    keys: await openKeyring(config),
    settings: await mailSettings(config),
    clock: () => later(new Date(), clock.hours),
  };
  const at = (path: string) => origin + path.replace('https://jobs.example', '');
  return {
    server,
    sender,
    config,
    clock,
    post: (path: string, form: Record<string, string> | [string, string][]) =>
      fetch(at(path), { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' }),
    api: (body: object) =>
      fetch(at('/api/v1/subscriptions'), { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    page: async (path: string) => (await fetch(at(path), { redirect: 'manual' })).text(),
    /** The first link of a mail's text that fits. */
    link: async (mail: Got, pattern: RegExp) => pattern.exec((await parsed(mail)).text ?? '')?.[0] ?? 'no such link',
    close: async () => {
      await app.close();
      await metrics.close();
      await server.close();
    },
  };
}

export const CONFIRM = /https:\S+\/subscribe\/confirm\/\S+/;
