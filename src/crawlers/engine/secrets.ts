import type { Config } from '../../config.ts';
import { OmbreError } from '../../errors.ts';
import type { Exchange } from './transport.ts';

/** API keys of boards that ask for one, and the only host each is ever sent to. */
const SECRET_HOSTS = {
  USAJOBS_KEY: 'data.usajobs.gov',
  ADZUNA_APP_ID: 'api.adzuna.com',
  ADZUNA_APP_KEY: 'api.adzuna.com',
} as const;

type SecretName = keyof typeof SECRET_HOSTS;
export type Secrets = Partial<Pick<Config, SecretName>>;

/** `${USAJOBS_KEY}`, also as it stands in an address once that was parsed. */
const PLACEHOLDER = /(?:\$|%24)(?:\{|%7B)([A-Z_]+)(?:\}|%7D)/gi;

/**
 * The request with its placeholders filled in. Done right before sending, so that logs, recordings and errors show placeholders only.
 * Throws E_CONFIG when a key is not set, and E_UNSAFE_URL when one would go to another host than its own.
 */
export function withSecrets(exchange: Exchange, secrets: Secrets): Exchange {
  // Nearly all requests have none, and need no second reading of their address.
  const written = [exchange.url.href, ...Object.values(exchange.headers)];
  if (written.every(text => text.search(PLACEHOLDER) === -1)) return exchange;
  const fill = (text: string, encode: (value: string) => string) =>
    text.replace(PLACEHOLDER, (found, name: string) => {
      if (!(name in SECRET_HOSTS)) return found;
      const { hostname } = exchange.url;
      if (hostname !== SECRET_HOSTS[name as SecretName]) throw new OmbreError('E_UNSAFE_URL', `${name} is not sent to ${hostname}`);
      const value = secrets[name as SecretName];
      if (!value) throw new OmbreError('E_CONFIG', `${name} is not set, and ${hostname} asks for it`);
      return encode(value);
    });
  const headers = Object.entries(exchange.headers).map(([name, value]) => [name, fill(value, plain => plain)]);
  return { ...exchange, url: new URL(fill(exchange.url.href, encodeURIComponent)), headers: Object.fromEntries(headers) };
}
