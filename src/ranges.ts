import { BlockList, isIP } from 'node:net';

type Range = { network: string; prefix: number; family: 'ipv4' | 'ipv6' };

/** Ranges that have a name. */
const NAMED: Readonly<Record<string, readonly string[]>> = {
  loopback: ['127.0.0.0/8', '::1/128'],
  linklocal: ['169.254.0.0/16', 'fe80::/10'],
  uniquelocal: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
};
export const RANGES_ALLOWED = `addresses, ranges such as 10.0.0.0/8, ${Object.keys(NAMED).join(', ')}`;

/** Whether it is what RANGES_ALLOWED says. */
export function isRange(text: string): boolean {
  return Object.hasOwn(NAMED, text) || readRange(text) !== null;
}

/** Whether an address lies in one of the ranges; IPv4 inside IPv6 counts as IPv4, and what is no address lies nowhere. Ranges that are none are left out. */
export function rangesHold(ranges: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const range of ranges.flatMap(text => NAMED[text] ?? [text]).map(readRange)) {
    if (range) list.addSubnet(range.network, range.prefix, range.family);
  }
  return address => {
    const version = isIP(address);
    return version !== 0 && list.check(address, version === 4 ? 'ipv4' : 'ipv6');
  };
}

function readRange(text: string): Range | null {
  const [, network = '', prefix] = /^([^/%]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const version = isIP(network);
  if (version === 0) return null;
  const bits = version === 4 ? 32 : 128;
  const length = prefix === undefined ? bits : Number(prefix);
  return length > bits ? null : { network, prefix: length, family: version === 4 ? 'ipv4' : 'ipv6' };
}
