import { domainToASCII } from 'node:url';
import { entryMistake } from './entry-mistake.ts';

const LOCAL = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const DOMAIN = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/;
/** Letters of these scripts look like Latin ones; in one label with them they are a disguise. */
const ALIKE = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]/u;
const ALLOWED = 'one address such as name@example.org';
/** Mailboxes of Gmail are the same with and without dots, and under both names. */
const GMAIL = new Set(['gmail.com', 'googlemail.com']);

/**
 * One plain address, its domain in lower case and international ones as xn--. Throws E_ENTRY for everything else: several addresses, names
 * beside the address, quoted parts, control characters, and letters beyond ASCII before the @, which few servers take.
 */
export function readAddress(given: unknown): string {
  const text = typeof given === 'string' ? given.replace(/^ +| +$/g, '') : '';
  const at = text.lastIndexOf('@');
  const local = text.slice(0, at);
  const domain = asciiDomain(text.slice(at + 1));
  if (at >= 1 && text.length <= 254 && local.length <= 64 && LOCAL.test(local) && DOMAIN.test(domain)) return `${local}@${domain}`;
  throw entryMistake('email', whatIsWrong(text, local, text.slice(at + 1)), ALLOWED);
}

/** The mailbox that other spellings of an address lead to as well: without what follows a plus, at Gmail without dots. For counting only. */
export function mailboxOf(address: string): string {
  const at = address.lastIndexOf('@');
  const domain = address.slice(at + 1).toLowerCase();
  const [local = ''] = address.slice(0, at).toLowerCase().split('+');
  const base = local === '' ? address.slice(0, at).toLowerCase() : local;
  return GMAIL.has(domain) ? `${base.replaceAll('.', '')}@gmail.com` : `${base}@${domain}`;
}

/** Empty when it is no domain. */
function asciiDomain(domain: string): string {
  if (/^\p{ASCII}*$/u.test(domain)) return domain.toLowerCase();
  // More than letters and digits is not looked at: the reader of URLs would take escapes and numbers for something else.
  if (!/^[\p{L}\p{M}\p{N}.-]+$/u.test(domain)) return '';
  const disguised = domain.split('.').some(label => ALIKE.test(label) && /\p{Script=Latin}/u.test(label));
  return disguised ? '' : domainToASCII(domain);
}

/** The value itself is not repeated: it may be somebody's address with a slip in it, and errors are logged. */
function whatIsWrong(text: string, local: string, domain: string): string {
  const so = 'please write one address such as name@example.org';
  if (text === '') return `the email address is missing; ${so}`;
  if (text.split('@').length !== 2) return `an email address has one @ in it; ${so}`;
  if (/[^\p{ASCII}]/u.test(local))
    return `the part of the email address before the @ has a letter that mails cannot be sent to from here; ${so}, in the letters a to z`;
  if (LOCAL.test(local) && !domain.includes('.'))
    return `the email address is not complete: after the @ an ending such as .com or .org is missing; ${so}`;
  return `the email address has a slip in it; ${so}, with nothing before or behind it`;
}
