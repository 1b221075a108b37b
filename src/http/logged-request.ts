import type { FastifyRequest } from 'fastify';
import ipaddr from 'ipaddr.js';

/** What the log says of a request: of the visitor's address only the network, which is enough to see who floods us. */
export function loggedRequest(request: Pick<FastifyRequest, 'method' | 'url' | 'host' | 'ip'>): Record<string, unknown> {
  const { method, url, host, ip } = request;
  return { method, url, host, from: networkOf(ip) };
}

/** The /24 of IPv4 or the /48 of IPv6 that an address lies in. */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return '';
  const parsed = ipaddr.process(address);
  const keep = parsed.kind() === 'ipv4' ? 3 : 6;
  const bytes = parsed.toByteArray().map((byte, at) => (at < keep ? byte : 0));
  return `${ipaddr.fromByteArray(bytes).toString()}/${keep * 8}`;
}
