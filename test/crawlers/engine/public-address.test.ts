import { describe, expect, it } from 'vitest';
import { checkAddress } from '../../../src/crawlers/engine/guard.ts';
import { isPublic } from '../../../src/crawlers/engine/public-address.ts';

describe('an IP address', () => {
  it.each([
    ['::127.0.0.1', 'IPv4-compatible'],
    ['::7f00:1', 'the same in hexadecimal'],
    ['::8.8.8.8', 'IPv4-compatible, of a public host: deprecated, so no way to it'],
    ['::2', 'nothing that was ever given out'],
    ['::', 'unspecified'],
    ['::1', 'loopback'],
    ['::ffff:127.0.0.1', 'IPv4-mapped loopback'],
    ['::ffff:a9fe:a9fe', 'the mapped metadata address'],
    ['::ffff:0:127.0.0.1', 'IPv4-translated'],
    ['::ffff:0:8.8.8.8', 'IPv4-translated, of a public host'],
    ['64:ff9b::10.0.0.1', 'NAT64 of a private host'],
    ['64:ff9b::169.254.169.254', 'NAT64 of the metadata address'],
    ['64:ff9b:1::8.8.8.8', 'NAT64 of a local network'],
    ['64:ff9b:1:ffff::1', 'the same prefix further up'],
    ['2002:7f00:1::', '6to4 of loopback'],
    ['2002:808:808::1', '6to4 of a public host'],
    ['2001::1', 'Teredo'],
    ['2001:0:4136:e378:8000:63bf:3fff:fdd2', 'Teredo of a public host'],
    ['2001:db8::1', 'documentation'],
    ['3fff:123::1', 'documentation'],
    ['2001:10::1', 'ORCHID'],
    ['2001:20::1', 'ORCHIDv2'],
    ['2001:2::1', 'benchmarks'],
    ['2001:100::1', 'protocol assignments'],
    ['100::1', 'discard'],
    ['100:0:0:1::1', 'dummy prefix'],
    ['fc00::1', 'unique local'],
    ['fd12:3456::1', 'unique local'],
    ['fe80::1', 'link local'],
    ['fe80::5efe:10.0.0.1', 'ISATAP, link local'],
    ['fec0::1', 'site local'],
    ['ff02::1', 'multicast'],
    ['5f00::1', 'segment routing'],
    ['4000::1', 'not given out'],
    ['2606:4700::5efe:10.0.0.1', 'ISATAP of a private host'],
    ['2606:4700::200:5efe:192.168.1.1', 'ISATAP of a private host, with the universal bit'],
    ['0.0.0.0', 'unspecified'],
    ['192.0.2.1', 'documentation'],
    ['198.51.100.7', 'documentation'],
    ['203.0.113.7', 'documentation'],
    ['192.0.0.8', 'protocol assignments'],
    ['192.88.99.1', '6to4 relays'],
    ['240.0.0.1', 'reserved'],
    ['not an address', 'no address'],
  ])('like %s is not public: %s', ip => {
    expect(isPublic(ip)).toBe(false);
  });

  it.each([
    ['8.8.8.8', 'IPv4'],
    ['2606:4700::1111', 'IPv6'],
    ['2a00:1450:4001:82f::200e', 'IPv6'],
    ['::ffff:8.8.8.8', 'mapped, of a public host'],
    ['64:ff9b::8.8.8.8', 'NAT64 of a public host, how a network without IPv4 reaches it'],
    ['2606:4700::5efe:8.8.8.8', 'ISATAP of a public host'],
    ['2606:4700::1:5efe:10.0.0.1', 'no ISATAP: one bit is another'],
  ])('like %s is public: %s', ip => {
    expect(isPublic(ip)).toBe(true);
  });

  it('that is compatible with IPv4 is refused before a name is looked up or a socket opened', () => {
    expect(() => checkAddress('http://[::127.0.0.1]/', new Set())).toThrow('not a public address');
  });
});
