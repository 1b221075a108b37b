/**
 * What a refusal means, whether a mail server said it or a returned mail tells of it. `mailbox`: there is no such mailbox. `doubtful`:
 * perhaps there is none. `soft`: not now. `sender`: it is about us, our server's address or our signatures, not about the recipient;
 * `throttled`: the same, and for now. `message`: this one mail is refused.
 */
export type Refusal = 'mailbox' | 'doubtful' | 'soft' | 'sender' | 'throttled' | 'message';

type Row = { code: RegExp; means: Refusal };

/** Enhanced status codes (RFC 3463 and its registry); the first row that fits holds. */
const CODES: readonly Row[] = [
  { code: /^4\.7\./, means: 'throttled' },
  { code: /^4\./, means: 'soft' },
  // Bad sender's address: ours.
  { code: /^5\.1\.[78]$/, means: 'sender' },
  // Ambiguous or odd addresses say nothing for sure.
  { code: /^5\.1\.[459]$/, means: 'doubtful' },
  { code: /^5\.1\./, means: 'mailbox' },
  { code: /^5\.2\.1$/, means: 'mailbox' },
  { code: /^5\.2\.2$/, means: 'soft' },
  { code: /^5\.2\.3$/, means: 'message' },
  { code: /^5\.2\./, means: 'doubtful' },
  { code: /^5\.3\.4$/, means: 'message' },
  { code: /^5\.3\./, means: 'soft' },
  // The name of the host is not known, which a slip in the domain and a fault in the DNS both look like.
  { code: /^5\.4\.(4|310|312)$/, means: 'doubtful' },
  { code: /^5\.4\./, means: 'soft' },
  { code: /^5\.5\.[01]$/, means: 'doubtful' },
  { code: /^5\.[56]\./, means: 'message' },
  { code: /^5\.7\./, means: 'sender' },
];

/**
 * Words of large providers and common servers. They outweigh a code that says nothing (5.0.0, 5.5.0) or none at all, and where code and
 * words contradict each other, neither is believed at once.
 */
const ABOUT_US = [
  /\b(zen\.)?spam(haus|cop|rl)\b|\bbarracuda(central)?\b|\bsorbs\b|\bproofpoint\b|\bcloudmark\b/,
  /\b(block|black|deny) ?-?list(ed|s)?\b|\b(rbl|dnsbl)\b|\bblocked using\b|\b(s3140|s3150|as\(48\d\d\))/,
  /\b(poor|bad|low) (ip |domain |sender )?reputation\b|\bbanned\b|\bunsolicited\b/,
  /\b(spf|dkim|dmarc)\b|\bunauthenticated\b|\bauthentication (is )?(required|failed)\b|\breverse dns\b|\bptr record\b/,
  /\bsender (address|domain|verify|verification|rejected|denied|blocked)\b|\brelay(ing)? (access )?(denied|not permitted)\b|\bunable to relay\b/,
  // Codes of Outlook.com, Yahoo and iCloud.
  /\b(sc|dy|ou|rp)-\d{3}\b|\[?\bts(s)?\d\d\b|\[(bl\d\d|cs\d\d|hm\d\d|ipts\d\d)\]/,
  /\b(daily|hourly|sending|rate) (user |smtp relay )?(sending )?(limit|quota)s? (is |was )?exceeded\b|\bpolicy (reasons|violation|restrictions)\b|\blocal policy\b/,
];
/** Before it has seen the text a server can mean only us by this; afterwards it may mean the text. */
const SPAM = [/\bspam\b|\bbulk mail\b/];
const NO_MAILBOX = [
  /\bno such (user|mailbox|recipient|address|account|person|local user)\b|\bno mailbox (here|by that name)\b/,
  /\b(user|recipient|mailbox|account|address|alias)( is)? (unknown|not found|not known|invalid)\b|\bunknown (or illegal )?(user|recipient|mailbox|alias|local[- ]part)\b/,
  /\b(user|recipient|mailbox|account|email account|address)\b[^.;]{0,60}\b(does ?n[o'’]t|does not|do not) exist\b/,
  /\b(user|account|mailbox)\b[^.;]{0,40}\b(is |has been |was )?(disabled|deactivated|terminated|discontinued|closed)\b/,
  /\bthis user does ?n[o'’]t have an? \S+ account\b|\bnot a valid (recipient|mailbox|user)\b|\b(invalid|bad) (recipient|mailbox)\b/,
];
const FULL = [
  /\b(mailbox|inbox|account|user|recipient)\b[^.;]{0,40}\b(is )?(full|over ?quota|over (its |the )?(quota|limit))\b|\bquota (is )?(exceeded|full)\b|\bexceed(s|ed) (its |the |storage )?(quota|allocation)\b|\bout of storage\b|\binsufficient (system |mailbox )?storage\b/,
  /\breceiving (mail|email) (at a rate|too quickly)\b/,
];
/** Microsoft 365 says so of unknown recipients, and of a domain that is being set up. */
const PERHAPS = [/\brecipient address rejected: access denied\b/];
const TOO_LARGE = [/\b(message|mail|size)\b[^.;]{0,40}\b(too (large|big)|exceeds|larger than)\b/];

/** What the bare reply code means at the recipient; at the text it is about the text. RFC 5321, 7504 and 1846. */
const BARE: Readonly<Record<number, Refusal>> = {
  552: 'soft',
  523: 'message',
  556: 'mailbox',
  530: 'sender',
  535: 'sender',
  538: 'sender',
};

/** Where servers put the enhanced code, some in brackets or behind a hash; in a report behind the kind of reply. */
const ENHANCED = /^(?:smtp;\s*)?\d{3}[ -]+(?:\d{3}[ -]+)?[#(]?([245]\.\d{1,3}\.\d{1,3})(?![.\d])/i;

/**
 * What a reply of 4xx or 5xx means. `code` is the reply code (0 when unknown), `status` the enhanced code of a report (a server's stands in
 * its text), `at` what it was said to: the recipient or the text of the mail.
 */
export function refusalOf({ code, status, text, at }: { code: number; status?: string; text: string; at: 'recipient' | 'text' }): Refusal {
  const enhanced = precise(status) ?? precise(ENHANCED.exec(text.trim())?.[1]);
  const byCode = CODES.find(row => row.code.test(enhanced ?? ''))?.means ?? null;
  const words = text.toLowerCase();
  if ((code >= 400 && code < 500) || enhanced?.startsWith('4.')) {
    return byCode === 'throttled' || byCode === 'sender' || says(words, ABOUT_US) ? 'throttled' : 'soft';
  }
  if (byCode === 'mailbox' && says(words, NO_MAILBOX)) return 'mailbox';
  const byWords = at === 'recipient' && says(words, SPAM) ? 'sender' : wordsMean(words);
  if (byCode === null) return byWords ?? BARE[code] ?? (at === 'text' ? 'message' : 'doubtful');
  if (byWords === null || byWords === byCode || byCode === 'doubtful') return byWords ?? byCode;
  if (byWords === 'mailbox') return 'doubtful';
  return byWords === 'message' ? byCode : byCode === 'sender' ? 'sender' : byWords;
}

function wordsMean(text: string): Refusal | null {
  if (says(text, ABOUT_US)) return 'sender';
  if (says(text, FULL)) return 'soft';
  if (says(text, PERHAPS)) return 'doubtful';
  if (says(text, NO_MAILBOX)) return 'mailbox';
  return says(text, TOO_LARGE) ? 'message' : null;
}

function says(text: string, words: readonly RegExp[]): boolean {
  return words.some(pattern => pattern.test(text));
}

/** An enhanced code that says something; null for none and for "other or undefined". */
function precise(status: string | undefined): string | null {
  return status === undefined || /^5\.0\.\d+$/.test(status) ? null : status;
}
