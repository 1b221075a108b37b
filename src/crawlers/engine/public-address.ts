import ipaddr from 'ipaddr.js';

/** What of IPv6 is handed out for the public internet. Everything else is reserved, private, deprecated or not given to anybody. */
const GLOBAL_UNICAST: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('2000::'), 3];
/** The prefix under which translators of networks without IPv4 reach IPv4 hosts (RFC 6052). */
const TRANSLATED: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('64:ff9b::'), 96];
/** First half of an interface id that holds an IPv4 address in its second half (ISATAP, RFC 5214). */
const ISATAP = [0x0000_5efe, 0x0200_5efe];

/**
 * True of an IP address that is on the public internet. An IPv6 address that stands for an IPv4 one is as public as that one; the other ways to
 * write IPv4 into IPv6 (compatible, 6to4, Teredo, local translation) are deprecated or lead into somebody's own network, and never are.
 */
export function isPublic(ip: string): boolean {
  // The parser takes `::a.b.c.d` for the mapped address it is not.
  if (!ipaddr.isValid(ip) || /^::\d+\./.test(ip)) return false;
  // Of mapped addresses (::ffff:a.b.c.d) this is the IPv4 address.
  const address = ipaddr.process(ip);
  if (address instanceof ipaddr.IPv4) return address.range() === 'unicast';
  const bytes = address.toByteArray();
  if (address.match(TRANSLATED)) return isPublicIpv4(bytes);
  if (!address.match(GLOBAL_UNICAST) || address.range() !== 'unicast') return false;
  const [high = 0, low = 0] = address.parts.slice(4);
  return ISATAP.includes(high * 0x1_0000 + low) ? isPublicIpv4(bytes) : true;
}

function isPublicIpv4(bytes: number[]): boolean {
  return new ipaddr.IPv4(bytes.slice(12)).range() === 'unicast';
}
