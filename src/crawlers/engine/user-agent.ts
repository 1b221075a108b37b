import manifest from '../../../package.json' with { type: 'json' };

/** The name robots.txt files address this crawler by. Rules are looked up with this token, never with the whole user agent. */
export const PRODUCT_TOKEN = 'OmbreBot';

/** The headers every request carries: who asks, and how to reach whoever runs it. `contact` is the setting BOT_CONTACT, an address or an e-mail. */
export function identity(contact: string): Record<string, string> & { 'user-agent': string } {
  const mail = contact.replace(/^mailto:/i, '');
  const headers: Record<string, string> & { 'user-agent': string } = { 'user-agent': `${PRODUCT_TOKEN}/${manifest.version} (+${mail})` };
  if (/^[^\s@/:]+@[^\s@/:]+\.[^\s@/:]+$/.test(mail)) headers.from = mail;
  return headers;
}
