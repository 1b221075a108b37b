import { mistake } from '../errors.ts';

const LOCAL = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const DOMAIN = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/;

/**
 * One plain address, its domain in lower case. Throws E_INPUT for everything else: several addresses, names beside the address, quoted
 * parts, control characters, and letters beyond ASCII, which look like others (international domains are written as xn--).
 */
export function readAddress(given: unknown): string {
  const text = typeof given === 'string' ? given.replace(/^ +| +$/g, '') : '';
  const at = text.lastIndexOf('@');
  const local = text.slice(0, at);
  const domain = text.slice(at + 1).toLowerCase();
  if (at < 1 || text.length > 254 || local.length > 64 || !LOCAL.test(local) || !DOMAIN.test(domain)) {
    // The value itself is not repeated: it may be somebody's address with a slip in it, and errors are logged.
    throw mistake('E_INPUT', 'email', undefined, 'one address such as name@example.org');
  }
  return `${local}@${domain}`;
}
