import { lookup as systemLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { buildConnector } from 'undici';
import { OmbreError } from '../../errors.ts';
import { isPublic } from './public-address.ts';
import { refusedHost } from './refused.ts';

const MAX_URL = 2048;
const CONNECT_TIMEOUT_MS = 10_000;

/** `host:port` of an address as ALLOW_PRIVATE_HOSTS names it; the default port is written out. */
export function hostPort(url: URL): string {
  return `${url.hostname}:${url.port || (url.protocol === 'https:' ? '443' : '80')}`;
}

/**
 * Parses an address and throws E_UNSAFE_URL or, for a site refused by name, E_BLOCKED, unless a crawler may open it: http or https, port 80 or 443,
 * no user or password in it, at most 2048 characters, not a private IP address. What a name resolves to is checked when connecting.
 */
export function checkAddress(address: string | URL, allowedPrivate: ReadonlySet<string>): URL {
  const url = typeof address === 'string' ? (URL.canParse(address) ? new URL(address) : null) : address;
  if (!url) throw unsafe(`${JSON.stringify(String(address).slice(0, 120))} is not an address`);
  if (url.href.length > MAX_URL)
    throw unsafe(`an address on ${url.hostname} has ${url.href.length} characters, at most ${MAX_URL} are allowed`);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw unsafe(`${url.protocol} is neither http nor https`);
  if (url.username || url.password) throw unsafe(`the address on ${url.hostname} carries a user name`);
  const refused = refusedHost(url.hostname);
  if (refused) throw new OmbreError('E_BLOCKED', refused);
  if (allowedPrivate.has(hostPort(url))) return url;
  if (url.port !== '' && url.port !== '80' && url.port !== '443') throw unsafe(`${url.host} is not on port 80 or 443`);
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  if (ipaddr.isValid(literal) && !isPublic(literal)) throw unsafe(`${url.hostname} is not a public address`);
  return url;
}

/** A DNS lookup that fails unless every address of the name is public, so that the socket opens to a checked address and to no other. */
function guardedLookup(lookup: LookupFunction): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found, family) => {
      const addresses = Array.isArray(found) ? found : [{ address: found, family: family ?? 4 }];
      if (error) callback(error, '', 0);
      else if (addresses.length === 0) callback(unsafe(`${hostname} resolves to nothing`), '', 0);
      else if (!addresses.every(({ address }) => isPublic(address)))
        callback(unsafe(`${hostname} resolves to an address that is not public`), '', 0);
      else if (options.all) callback(null, addresses);
      else callback(null, addresses[0]!.address, addresses[0]!.family);
    });
  };
}

/** How undici opens a socket: through the guarded lookup, except to the private addresses the settings allow. */
export function guardedConnector(allowedPrivate: ReadonlySet<string>, lookup: LookupFunction = systemLookup): buildConnector.connector {
  const anywhere = buildConnector({ timeout: CONNECT_TIMEOUT_MS, lookup });
  const publicOnly = buildConnector({ timeout: CONNECT_TIMEOUT_MS, lookup: guardedLookup(lookup) });
  return (options, callback) => {
    const port = options.port || (options.protocol === 'https:' ? '443' : '80');
    const literal = options.hostname.replace(/^\[|\]$/g, '');
    if (allowedPrivate.has(`${options.hostname}:${port}`)) anywhere(options, callback);
    // net.connect asks no lookup about an IP address written out, so it is checked here once more.
    else if (ipaddr.isValid(literal) && !isPublic(literal)) callback(unsafe(`${literal} is not a public address`), null);
    else publicOnly(options, callback);
  };
}

function unsafe(detail: string): OmbreError {
  return new OmbreError('E_UNSAFE_URL', detail);
}
