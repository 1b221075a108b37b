import { mistake } from './errors.ts';
import { isRange, RANGES_ALLOWED } from './ranges.ts';

/** What a text may look like: a test, and its words for whoever wrote something else. */
type Form = { test(text: string): boolean; allowed: string };

type Row =
  | { type: 'string'; default: string | null; secret?: boolean; form?: Form; help: string }
  | { type: 'int'; default: number | null; min: number; max: number; secret?: boolean; help: string }
  | { type: 'bool'; default: boolean; secret?: boolean; help: string }
  | { type: 'list'; default: readonly string[]; secret?: boolean; form?: Form; help: string };

/** An account without a host (`postgres://ombre@/ombre?host=/run/postgresql`) is how Postgres' own tools name a socket. */
function serverUrl(...begins: string[]): Form {
  return {
    test: text => begins.some(begin => text.toLowerCase().startsWith(begin)) && URL.canParse(text.replace('@/', '@localhost/')),
    allowed: `a URL that begins with ${begins.join(' or ')} (a /, :, @ or # in a password as %2F, %3A, %40, %23)`,
  };
}

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'];
const DOMAIN: Form = {
  test: text => /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i.test(text),
  allowed: 'a domain such as jobs.example.org',
};
const PUBLIC_ADDRESS: Form = {
  test: text => /^https?:\/\/[^/?#@]+(\/[^?#]*)?$/i.test(text) && URL.canParse(text),
  allowed: 'an address such as https://jobs.example.org, without a user, ? or #',
};
const HEADER: Form = {
  test: text => /^[\w-]+=\S+$/.test(text) && decoded(text) !== null,
  allowed: 'name=value, several with commas between them, and what is special in a value as %2C',
};
const RANGE: Form = { test: isRange, allowed: RANGES_ALLOWED };
/** What `ombre admin password` prints. No dollar sign in it: Docker Compose would take it for a variable. */
const PASSWORD_HASH: Form = {
  test: text => /^scrypt:\d+:\d+:\d+:[\w-]{22,}:[\w-]{43}$/.test(text),
  allowed: 'a line that `ombre admin password` printed',
};
const CONTACT: Form = {
  test: text => (/^https?:\/\//i.test(text) ? URL.canParse(text) : /^(mailto:)?[^\s@<>]+@[^\s@<>]+$/i.test(text)),
  allowed: 'an address such as https://example.org/bot or an e-mail address',
};

/** The one table of settings. The environment is read here and nowhere else; `ombre doctor` and docs/operating.md show this table. */
export const SETTINGS = {
  DATABASE_URL: {
    type: 'string',
    default: null,
    secret: true,
    form: serverUrl('postgres://', 'postgresql://'),
    help: 'PostgreSQL 15 or newer. Unset: a private PostgreSQL under OMBRE_HOME.',
  },
  REDIS_URL: {
    type: 'string',
    default: null,
    secret: true,
    form: serverUrl('redis://', 'rediss://'),
    help: 'Redis for the queue. Unset: the queue lives in Postgres.',
  },
  START_WAIT_SECONDS: {
    type: 'int',
    default: 300,
    min: 0,
    max: 86_400,
    help: 'Longest time that start, worker and api wait for Postgres, and for Redis, when they begin, and a crawl when Postgres goes away.',
  },
  OMBRE_HOME: { type: 'string', default: '.ombre', help: 'Folder of the private PostgreSQL and of everything else Ombre keeps.' },
  PORT: { type: 'int', default: 3000, min: 0, max: 65535, help: 'Port of the feed API and the web page; 0 takes a free one.' },
  HOST: { type: 'string', default: '127.0.0.1', help: 'Address the API listens on.' },
  METRICS_PORT: {
    type: 'int',
    default: null,
    min: 0,
    max: 65_535,
    help: 'Port of its own for /metrics, /healthz and /readyz, in start, worker and api; 0 takes a free one. Unset: none, and start and api have them on PORT.',
  },
  METRICS_HOST: { type: 'string', default: '127.0.0.1', help: 'Address that METRICS_PORT listens on.' },
  PUBLIC_URL: {
    type: 'string',
    default: null,
    form: PUBLIC_ADDRESS,
    help: 'Address people reach Ombre at, for links in feeds. Unset: http://localhost:PORT.',
  },
  FEED_DOMAIN: {
    type: 'string',
    default: 'ombre.example',
    form: DOMAIN,
    help: 'Domain in the permanent tag: ids of postings. Never change it once feeds are read.',
  },
  RATE_LIMIT: {
    type: 'int',
    default: 3000,
    min: 0,
    max: 1_000_000,
    help: 'Most requests a minute from one address (one /64 of IPv6) to the feeds and the API; 0 sets no limit.',
  },
  SUBSCRIBE_RATE: {
    type: 'int',
    default: 200,
    min: 0,
    max: 1_000_000,
    help: 'Most subscriptions an hour taken from one address (one /64 of IPv6), by form and API together; refused ones do not count; 0 sets no limit.',
  },
  TRUST_PROXY: {
    type: 'list',
    default: [],
    form: RANGE,
    help: 'Addresses or ranges of proxies whose X-Forwarded-For is believed.',
  },
  BOT_CONTACT: {
    type: 'string',
    default: 'https://ombre.example/bot',
    form: CONTACT,
    help: 'Contact address in the user agent of the crawler.',
  },
  CRAWL_DELAY_MS: { type: 'int', default: 2000, min: 0, max: 600_000, help: 'Least time between two requests to one host.' },
  CRAWL_CONCURRENCY: { type: 'int', default: 4, min: 1, max: 64, help: 'Visits one worker makes at a time.' },
  REQUEST_TIMEOUT_MS: { type: 'int', default: 45_000, min: 100, max: 600_000, help: 'Longest time for one request.' },
  MAX_BODY_MB: { type: 'int', default: 20, min: 1, max: 500, help: 'Largest answer after decompression.' },
  MAX_VISIT_REQUESTS: {
    type: 'int',
    default: 25_000,
    min: 1,
    max: 10_000_000,
    help: 'Most requests of one visit; a board of 10,000 postings with a page each takes some 10,500.',
  },
  MAX_VISIT_MB: { type: 'int', default: 5000, min: 1, max: 1_000_000, help: 'Most answers of one visit, after decompression.' },
  MAX_VISIT_MINUTES: {
    type: 'int',
    default: 1440,
    min: 1,
    max: 100_000,
    help: 'Longest time of one visit, the waiting for turns at its host included.',
  },
  MEMORY_LIMIT_MB: {
    type: 'int',
    default: 0,
    min: 0,
    max: 10_000_000,
    help: 'Most memory of a worker or start; above it the process ends with 4, to be started again. 0: 70 % of the machine, or of its container.',
  },
  KEEP_TEXTS_DAYS: {
    type: 'int',
    default: 180,
    min: 0,
    max: 36_500,
    help: 'Days for which the texts of closed postings are kept; 0 keeps them for good.',
  },
  KEEP_VISITS_DAYS: {
    type: 'int',
    default: 400,
    min: 0,
    max: 36_500,
    help: 'Days for which it is kept how visits went, but for the last 12 of a source; 0 keeps all for good.',
  },
  ALLOW_PRIVATE_HOSTS: {
    type: 'list',
    default: [],
    help: 'host:port of private addresses the crawler may open (tests and demos only; refused when NODE_ENV is production).',
  },
  USAJOBS_KEY: { type: 'string', default: null, secret: true, help: 'API key of USAJOBS. Unset: its sources are not crawled.' },
  ADZUNA_APP_ID: {
    type: 'string',
    default: null,
    secret: true,
    help: 'Application id of the Adzuna API. Unset: its sources are not crawled.',
  },
  ADZUNA_APP_KEY: {
    type: 'string',
    default: null,
    secret: true,
    help: 'Application key of the Adzuna API. Unset: its sources are not crawled.',
  },
  STRUCTURED_DATA: {
    type: 'bool',
    default: false,
    help: 'Put schema.org JobPosting data into posting pages; docs/web.md says why it is off.',
  },
  SOURCES_DIR: { type: 'string', default: 'sources', help: 'Folder of the source registry.' },
  LOG_LEVEL: {
    type: 'string',
    default: 'info',
    form: { test: text => LOG_LEVELS.includes(text), allowed: LOG_LEVELS.join(', ') },
    help: 'trace, debug, info, warn, error or silent.',
  },
  OTEL_EXPORTER_OTLP_ENDPOINT: {
    type: 'string',
    default: null,
    form: PUBLIC_ADDRESS,
    help: 'Collector that start, worker and api send traces to, by OTLP over HTTP (JSON). Unset: nothing is traced.',
  },
  OTEL_EXPORTER_OTLP_HEADERS: {
    type: 'list',
    default: [],
    secret: true,
    form: HEADER,
    help: 'name=value of headers that the collector asks for.',
  },
  CHROMIUM_PATH: {
    type: 'string',
    default: null,
    help: 'Browser for rendered pages. Unset: the one of `npx playwright-core install chromium`, else a Chromium or Chrome of the system.',
  },
  SMTP_URL: {
    type: 'string',
    default: null,
    secret: true,
    help: 'SMTP server of the digests. Unset: mails are written to OMBRE_HOME/outbox and not sent.',
  },
  MAIL_FROM: { type: 'string', default: null, help: 'Address the mails come from. Needed with SMTP_URL.' },
  MAIL_RATE: { type: 'int', default: 60, min: 1, max: 100_000, help: 'Most mails a minute.' },
  POSTAL_ADDRESS: {
    type: 'string',
    default: null,
    help: 'Postal address at the foot of every mail, which the law asks for. Needed with SMTP_URL.',
  },
  DIGEST_KEYS: {
    type: 'list',
    default: [],
    secret: true,
    help: 'id:secret of the links in mails (32 characters or more), the one in use first. Needed with SMTP_URL, unless DIGEST_KEYS_FILE is set.',
  },
  DIGEST_KEYS_FILE: {
    type: 'string',
    default: null,
    help: 'File of such keys, one a line, that all processes share; made with a new key where it is missing. Unset: digest.key in OMBRE_HOME.',
  },
  DKIM_FILE: {
    type: 'string',
    default: null,
    help: 'PEM file of the key that signs the mails. Unset: the mail server signs, or nobody does.',
  },
  DKIM_SELECTOR: { type: 'string', default: 'ombre', help: 'Selector of that key in the DNS of the domain of MAIL_FROM.' },
  BOUNCE_DOMAIN: {
    type: 'string',
    default: null,
    form: DOMAIN,
    help: 'Domain that takes returned mails for bounce+TOKEN@. Unset: they go to MAIL_FROM.',
  },
  BOUNCE_SECRET: {
    type: 'string',
    default: null,
    secret: true,
    help: 'Key that signs what is posted to /hooks/bounces. Unset: nothing is taken there.',
  },
  ADMIN_PASSWORD_HASH: {
    type: 'string',
    default: null,
    secret: true,
    form: PASSWORD_HASH,
    help: "Hash of the operator's password, as `ombre admin password` prints it: switches on the desk at /admin. Unset: ADMIN_PASSWORD_FILE.",
  },
  ADMIN_PASSWORD_FILE: {
    type: 'string',
    default: null,
    help: 'File that holds such a line, read at the start. Neither set: there is no desk.',
  },
} as const satisfies Record<string, Row>;

export type SettingName = keyof typeof SETTINGS;
type ValueOf<R extends Row> = R['type'] extends 'int'
  ? R['default'] extends null
    ? number | null
    : number
  : R['type'] extends 'bool'
    ? boolean
    : R['type'] extends 'list'
      ? readonly string[]
      : R['default'] extends null
        ? string | null
        : string;
export type Config = { readonly [K in SettingName]: ValueOf<(typeof SETTINGS)[K]> };

/** Reads the settings from an environment. Throws E_CONFIG naming the setting, its value and what is allowed. */
export function readConfig(env: Record<string, string | undefined> = process.env): Config {
  const config: Record<string, unknown> = {};
  for (const [name, row] of Object.entries(SETTINGS) as [SettingName, Row][]) config[name] = readSetting(name, row, env[name]);
  if (env.NODE_ENV === 'production' && (config.ALLOW_PRIVATE_HOSTS as string[]).length > 0) {
    throw mistake('E_CONFIG', 'ALLOW_PRIVATE_HOSTS', env.ALLOW_PRIVATE_HOSTS, 'nothing when NODE_ENV is production');
  }
  return Object.freeze(config) as Config;
}

/** Whether npm or npx started this process: they do not hand a SIGTERM on. */
export function startedByNpm(env: Record<string, string | undefined> = process.env): boolean {
  return env.npm_command !== undefined;
}

/** Whether what is written to a terminal may be taken back and written anew: not in the log of a build machine, nor where no cursor moves. */
export function mayRedraw(env: Record<string, string | undefined> = process.env): boolean {
  return env.TERM !== 'dumb' && (!isSet(env.CI) || env.CI === 'false' || env.CI === '0');
}

/** Every setting with its value (secrets masked) and where it came from. */
export function describeConfig(
  env: Record<string, string | undefined> = process.env,
): { name: SettingName; value: unknown; from: 'environment' | 'default' }[] {
  const config = readConfig(env);
  return (Object.entries(SETTINGS) as [SettingName, Row][]).map(([name, row]) => {
    const set = isSet(env[name]);
    return { name, value: row.secret && set ? '********' : config[name], from: set ? 'environment' : 'default' };
  });
}

/** Of a value shorter than this every other word of a log could be a part. */
const LEAST_SECRET = 8;

/** What must stand in no log: the values of secret settings, of addresses the password, of `name=value` and `id:secret` what comes last. */
export function secretValues(config: Config): string[] {
  const secret = (Object.entries(SETTINGS) as [SettingName, Row][]).filter(([, row]) => row.secret).map(([name]) => config[name]);
  const values = secret.flat().filter(value => typeof value === 'string');
  return values.flatMap(value => partsOf(value)).filter(part => part.length >= LEAST_SECRET);
}

function partsOf(value: string): string[] {
  const address = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/@]*?:([^/]*)@)?/i.exec(value);
  const last = address ? (address[1] ?? '') : value.replace(/^[\w-]+[:=]/, '');
  return [...(address ? [] : [value]), last, decoded(last) ?? last];
}

/** A text without its percent-encoding; null when that is not well-formed. */
export function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    // Throwing is its only way to say so.
    return null;
  }
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value !== '';
}

/** Of a secret only what kind of address it is, never what it holds. */
function masked(text: string): string {
  return `${/^[a-z][a-z0-9+.-]*:\/\//i.exec(text)?.[0] ?? ''}********`;
}

function readSetting(name: SettingName, row: Row, text: string | undefined): unknown {
  if (!isSet(text)) return row.default;
  if (row.type === 'string') return formed(name, row, text);
  if (row.type === 'list') {
    const items = text
      .split(',')
      .map(item => item.trim())
      .filter(Boolean);
    return items.map(item => formed(name, row, item));
  }
  if (row.type === 'bool') {
    if (text === 'true' || text === '1') return true;
    if (text === 'false' || text === '0') return false;
    throw mistake('E_CONFIG', name, text, 'true or false');
  }
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < row.min || value > row.max) {
    throw mistake('E_CONFIG', name, text, `a whole number from ${row.min} to ${row.max}`);
  }
  return value;
}

function formed(name: SettingName, { form, secret }: { form?: Form; secret?: boolean }, text: string): string {
  if (form && !form.test(text)) throw mistake('E_CONFIG', name, secret ? masked(text) : text, form.allowed);
  return text;
}
