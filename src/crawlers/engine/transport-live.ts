import type { LookupFunction } from 'node:net';
import { Agent } from 'undici';
import type { Config } from '../../config.ts';
import { guardedConnector } from './guard.ts';
import { type Secrets, withSecrets } from './secrets.ts';
import type { Transport } from './transport.ts';

/**
 * The network: undici with a guarded connector, no redirects, no decompression, no retries of its own.
 * `lookup` replaces the system's DNS lookup.
 */
export function liveTransport(config: Pick<Config, 'ALLOW_PRIVATE_HOSTS'> & Secrets, options: { lookup?: LookupFunction } = {}): Transport {
  const agent = new Agent({
    connect: guardedConnector(new Set(config.ALLOW_PRIVATE_HOSTS), options.lookup),
    // The engine's own clock limits the whole request; undici's would only report it under other names.
    headersTimeout: 0,
    bodyTimeout: 0,
    maxHeaderSize: 64 * 1024,
  });
  return {
    live: true,
    async send(asked, signal) {
      const exchange = withSecrets(asked, config);
      const { statusCode, headers, body } = await agent.request({
        origin: exchange.url.origin,
        path: exchange.url.pathname + exchange.url.search,
        method: exchange.method,
        headers: exchange.headers,
        body: exchange.body,
        signal,
      });
      return {
        status: statusCode,
        headers: joined(headers),
        body,
        discard() {
          // Destroying an unread body reports an abort nobody waits for.
          body.on('error', () => {});
          body.destroy();
        },
      };
    },
    close: async () => await agent.destroy(),
  };
}

function joined(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}
