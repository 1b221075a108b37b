import type { Site } from '../feed/site.ts';
import { type Keyring, makeToken } from './keys.ts';

export type Links = { manage: string; unsubscribe: string };

/** The links of a subscription's mails. Looking at them changes nothing; each page has a button. */
export function linksOf(site: Site, keys: Keyring, subscriptionId: string): Links {
  return {
    manage: `${site.origin}/manage/${makeToken(keys, 'manage', subscriptionId)}`,
    unsubscribe: `${site.origin}/u/${makeToken(keys, 'unsubscribe', subscriptionId)}`,
  };
}

/** The links of a mail of several subscriptions: `unsubscribe` ends them all; each section has those of its own besides. */
export function mailLinks(site: Site, keys: Keyring, mailId: string, { manage }: Links): Links {
  return { manage, unsubscribe: `${site.origin}/unsubscribe/${makeToken(keys, 'mail', mailId)}` };
}

/** The postings of a digest that come behind the last one its mail shows. */
export function restLink(site: Site, keys: Keyring, deliveryId: string, lastShown: string): string {
  return `${site.origin}/digests/${makeToken(keys, 'digest', deliveryId)}?after=${encodeURIComponent(lastShown)}`;
}

export function confirmLink(site: Site, keys: Keyring, confirmId: string): string {
  return `${site.origin}/subscribe/confirm/${makeToken(keys, 'confirm', confirmId)}`;
}
