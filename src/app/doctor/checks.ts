import { access, constants, statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import nodemailer from 'nodemailer';
import type { Config } from '../../config.ts';
import { findBrowser } from '../../crawlers/engine/browser/find.ts';
import { readRegistry } from '../../crawlers/registry.ts';
import { loadSystems } from '../../crawlers/systems.ts';
import { digestHealth } from '../../digest/mail-health.ts';
import { insecureLinks, mailSettings } from '../../digest/settings.ts';
import { messageOf, OmbreError } from '../../errors.ts';
import { dataOf } from '../../postgres/server/home.ts';
import { databaseUrl } from '../../postgres/server/server.ts';
import { openQueues } from '../../queue/connection.ts';
import { pingQueue } from '../../queue/ping.ts';
import { asDatabaseError, openDatabase, serverVersion } from '../../store/database.ts';
import { pendingMigrations } from '../../store/migrate.ts';
import type { Check } from './check.ts';
import { checkClock } from './clock.ts';
import { checkRegistry } from './registry.ts';
import { checkRulesVersions } from './rules.ts';
import { checkRunning } from './running.ts';

const OLDEST_POSTGRES = 15;
const LEAST_FREE_MB = 500;
const ANSWER_MS = 5_000;

/** Looks at every part Ombre runs on, changing nothing but starting the private Postgres for as long as it looks. Never throws. */
export async function runChecks(config: Config): Promise<Check[]> {
  const postgres = await guarded('postgres', 'do what it says, look into the log if it names one, or set DATABASE_URL', () =>
    databaseUrl(config),
  );
  try {
    const onPostgres =
      'check' in postgres
        ? [postgres.check, await checkQueue(config, null)]
        : [
            await checkPostgres(config, postgres.value.url),
            ...(await checkClock(postgres.value.url)),
            await checkQueue(config, postgres.value.url),
            ...(await checkDigest(config, postgres.value.url)),
            ...(await checkRegistry(config, postgres.value.url)),
            ...(await checkRulesVersions(postgres.value.url)),
            ...(await checkRunning(config, postgres.value.url)),
          ];
    return [
      ...onPostgres,
      await checkBrowser(config),
      ...(await checkSmtp(config)),
      ...checkLinks(config),
      await checkDisk(config),
      await checkSources(config),
    ];
  } finally {
    if ('value' in postgres) await postgres.value.stop();
  }
}

async function checkPostgres(config: Config, url: string): Promise<Check> {
  const own = config.DATABASE_URL === null;
  const db = openDatabase(url, { max: 1 });
  try {
    const { version, major } = await serverVersion(db);
    const where = own
      ? `private PostgreSQL ${version} at ${maskedUrl(url)} (its files: ${dataOf(resolve(config.OMBRE_HOME))})`
      : `PostgreSQL ${version} at DATABASE_URL`;
    if (major < OLDEST_POSTGRES) return bad('postgres', `${where} is too old`, `use PostgreSQL ${OLDEST_POSTGRES} or newer`);
    const pending = await pendingMigrations(db);
    if (pending.length === 0) return good('postgres', `${where} answers, every migration is applied`);
    if (own) return good('postgres', `${where} answers; the next start applies ${pending.join(', ')}`);
    return bad('postgres', `${where} answers, but lacks ${pending.join(', ')}`, 'run `ombre migrate`');
  } catch (error) {
    if (error instanceof OmbreError && error.code === 'E_DB_NEWER') {
      return down('postgres', error.message, 'install the version it names, or restore the backup of before the upgrade (docs/backup.md)');
    }
    return down('postgres', messageOf(asDatabaseError(error)), 'start the server that DATABASE_URL names, or correct DATABASE_URL');
  } finally {
    await db.destroy();
  }
}

/** An address to connect to, but for the password; `ombre doctor --address` shows that too. */
function maskedUrl(text: string): string {
  const url = new URL(text);
  url.password = '********';
  return url.href;
}

async function checkQueue(config: Config, url: string | null): Promise<Check> {
  if (config.REDIS_URL === null && url === null) {
    return down('queue', 'not looked at: it lives in Postgres, which is down', 'first mend what postgres says');
  }
  const remedy =
    config.REDIS_URL === null ? 'first mend what postgres says' : 'start the server that REDIS_URL names, or correct REDIS_URL';
  try {
    // Connection errors in the background say no more than the error that openQueues ends with.
    const queues = await openQueues(config, url ?? '', { readyWithinMs: ANSWER_MS, onError: () => undefined });
    try {
      const { ok, message } = await pingQueue(queues, ANSWER_MS);
      return ok ? good('queue', message) : down('queue', message, remedy);
    } finally {
      await queues.close();
    }
  } catch (error) {
    return down('queue', messageOf(error), remedy);
  }
}

/** Nothing before the migrations are applied, which the check of Postgres tells. */
async function checkDigest(config: Config, url: string): Promise<Check[]> {
  const db = openDatabase(url, { max: 1 });
  try {
    if ((await pendingMigrations(db)).length > 0) return [];
    const { ok, message } = await digestHealth(db);
    const set = await guarded('digest', 'correct the settings of the mails; docs/operating.md lists them', () => mailSettings(config));
    if ('check' in set) return [set.check];
    return [
      ok
        ? good('digest', message)
        : bad('digest', message, 'run `ombre digest status`, which names who refuses our mails, and look whether a worker runs'),
    ];
  } catch (error) {
    // A server that does not answer, or is too new, is told of once, by the check of Postgres.
    if (error instanceof OmbreError && error.code === 'E_DB_NEWER') return [];
    return asDatabaseError(error) === error ? [bad('digest', messageOf(error), 'run `ombre digest status`')] : [];
  } finally {
    await db.destroy();
  }
}

async function checkBrowser(config: Config): Promise<Check> {
  const remedy = 'install Chromium or Chrome, or set CHROMIUM_PATH';
  const found = await guarded('browser', remedy, () => findBrowser(config));
  if ('check' in found) return { ...found.check, down: false };
  if (found.value) return good('browser', `${found.value.path} (${found.value.from})`);
  const rendered = await renderedSources(config);
  if (rendered.length === 0)
    return good('browser', 'none found: sources with rendered pages cannot be crawled; no enabled source needs it');
  return bad('browser', `none found, but ${rendered.length} enabled sources need it: ${rendered.slice(0, 5).join(', ')}`, remedy);
}

/** Slugs of the enabled sources that only a browser can read. A registry that cannot be read is the sources check's to tell. */
async function renderedSources(config: Config): Promise<string[]> {
  const rows = await guarded('sources', '', async () => {
    const systems = await loadSystems();
    const registry = await readRegistry(config.SOURCES_DIR, systems);
    // A general reader needs a browser only where the row says so: its first requests tell.
    return registry.rows.filter(
      row =>
        row.enabled &&
        systems
          .get(row.system)
          ?.start(row.target)
          .some(request => request.rendered),
    );
  });
  return 'value' in rows ? rows.value.map(row => row.slug) : [];
}

/** Nothing when no SMTP server is set: then no mail is sent, which is no fault. */
async function checkSmtp(config: Config): Promise<Check[]> {
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

function checkLinks(config: Config): Check[] {
  const insecure = insecureLinks(config);
  return insecure === null ? [] : [bad('mail links', insecure, 'set PUBLIC_URL to an https address')];
}

async function checkDisk(config: Config): Promise<Check> {
  const folder = await existing(resolve(config.OMBRE_HOME));
  const looked = await guarded('disk', 'make the folder writable, or set OMBRE_HOME to another one', async () => {
    await access(folder, constants.W_OK);
    const { bavail, bsize } = await statfs(folder);
    return Math.floor((bavail * bsize) / 1_000_000);
  });
  if ('check' in looked) return { ...looked.check, down: false };
  const message = `${looked.value} MB free where OMBRE_HOME is`;
  return looked.value >= LEAST_FREE_MB
    ? good('disk', message)
    : bad('disk', message, `free some space: less than ${LEAST_FREE_MB} MB is too little`);
}

async function checkSources(config: Config): Promise<Check> {
  const read = await guarded('sources', 'set SOURCES_DIR to the folder of the registry', async () =>
    readRegistry(config.SOURCES_DIR, await loadSystems()),
  );
  if ('check' in read) return { ...read.check, down: false };
  const { rows, problems } = read.value;
  const message = `${rows.filter(row => row.enabled).length} enabled of ${rows.length} in ${config.SOURCES_DIR}`;
  if (rows.length === 0 && problems.length === 0) return bad('sources', message, 'set SOURCES_DIR to the folder of the registry');
  if (problems.length === 0) return good('sources', message);
  return bad('sources', `${message}; ${problems.length} mistakes`, 'run `ombre sources check`');
}

/** The folder itself, or the nearest one above it that is there. */
async function existing(folder: string): Promise<string> {
  try {
    await access(folder);
    return folder;
  } catch (error) {
    const above = dirname(folder);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || above === folder) return folder;
    return existing(above);
  }
}

async function guarded<T>(name: string, remedy: string, work: () => Promise<T>): Promise<{ value: T } | { check: Check }> {
  try {
    return { value: await work() };
  } catch (error) {
    const mistaken = error instanceof OmbreError && error.action === 'user';
    return { check: { name, ok: false, message: messageOf(error), remedy, down: !mistaken } };
  }
}

function good(name: string, message: string): Check {
  return { name, ok: true, message, remedy: null };
}

function bad(name: string, message: string, remedy: string): Check {
  return { name, ok: false, message, remedy };
}

function down(name: string, message: string, remedy: string): Check {
  return { name, ok: false, message, remedy, down: true };
}
