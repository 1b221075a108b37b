/**
 * What a refusal means, whether a mail server said it or a returned mail tells of it. `mailbox`: there is no such mailbox. `doubtful`:
 * perhaps there is none. `soft`: not now. `sender`: it is about us, our server's address or our signatures, not about the recipient;
 * `throttled`: the same, and for now. `message`: this one mail is refused.
 */
export type Refusal = 'mailbox' | 'doubtful' | 'soft' | 'sender' | 'throttled' | 'message';

/**
 * Words of large providers and common servers. Each class is a kind of sentence, not one server's wording. Pages that a reply points to are
 * read apart, as their addresses hold words of their own.
 */

/** Sentences that can be about nothing but us: our address, name, signatures, sender or rate. */
const SURELY_US = [
  /\b(zen\.)?spam(haus|cop|rl)\b|\bbarracuda(central)?\b|\bsorbs\b|\bproofpoint\b|\bcloudmark\b|\babusix\b|\buceprotect\b|\bsenderscore\b|\binvaluement\b/,
  /\b(block|black|deny) ?-?list(ed|ing|s)?\b|\b(rbl|dnsbl)\b|\bblocked using\b|\b(s3140|s3150|as\(48\d\d\))/,
  /\b(poor|bad|low|ip|domain|sender|network|email) reputation\b|\breputation of\b|\breputation (is )?(too )?(poor|bad|low)\b/,
  /\b(spf|dkim|dmarc)\b|\bunauthenticated\b|\bnot authenticated\b|\bauthentication (is )?(required|failed)\b|\banti-?spoof(ing)?\b|\bspoof(ed|ing)?\b|\bforged\b|\bimpersonat/,
  /\b(reverse dns|rdns|ptr( record)?|reverse (lookup|hostname))\b|\b(helo|ehlo)\b/,
  /\bsender\b[^.;]{0,40}\b(verify|verification|rejected|denied|blocked|refused|banned|not allowed|unknown|invalid|not accepted)\b|\bsender domain\b|\b(invalid|bad) sender\b/,
  /\brelay(ing)?\b[^.;]{0,30}\b(denied|prohibited|not (permitted|allowed)|refused|disallowed|blocked)\b|\b(unable|not (permitted|allowed)|do not|don[’']t|no) (to )?relay(ing)?\b|\brcpthosts\b|\bnot a(n open)? relay\b/,
  /\bip ?[=:] ?\[?[\da-f]{1,4}[.:]|\b(your|client|sending|connecting|source|remote) (ip|host|network|mail ?server|server|mta|domain)\b/,
  /\b(sending|from) (your )?(ip|host|network|server)\b|\b(from|by) your?\b|\byou are (on|listed|blocked|banned|not|sending)\b|\bnot welcome\b|\bhost ?name\b|\blisted (in|on|by|at)\b|\bdynamic\b|\bintrusion\b|\b(connection|connections|mail|mails|messages|e?mail) from \S*(\[|\d{1,3}\.\d)/,
  // Codes of Outlook.com, Yahoo and iCloud.
  /\b(sc|dy|ou|rp)-\d{3}\b|\[?\bts(s)?\d\d\b|\[(bl\d\d|cs\d\d|hm\d\d|ipts\d\d)\]/,
  /\b(daily|hourly|sending|rate) (user |smtp relay )?(sending )?(limit|quota)s? (is |was )?exceeded\b|\btoo many (messages|connections|mails)\b/,
];

/** Sentences about us or our texts, in words that stand beside "no such user" as well; with that, nothing is sure. */
const LIKELY_US = [
  /\bspam(my|ming)?\b|\bbulk (e-?)?mail\b|\bjunk\b|\bunsolicited\b|\bphish(ing)?\b|\bsuspicious\b|\bsuspected\b|\b(uce|ube)\b/,
  /\bvirus\b|\bmalware\b|\binfected\b|\bdangerous\b|\bharmful\b|\bmalicious\b|\bthreat\b|\bforbidden\b|\bunwanted\b|\badvert\w*|\bbulk\b|\bcommercial\b|\bmarketing\b/,
  /\bscor(e|ed|ing)\b|\bscann(ed|er|ing)\b|\bdetected\b|\bclassified\b|\bviolat\w*|\bquarantin\w*|\babus(e|ive)\b|\bcomplaints?\b/,
  /\bsenders?\b|\brelay(s|ed|ing)?\b|\bconnections?\b|\bfirewall\b|\bsecurity\b|\bdo(es)? not want\b|\bverification failed for\b|\b(does not|cannot|can't|could not|unable to) (be )?resolved?\b|\b(starttls|tls|ssl)\b|\b(no smtp|smtp|mail)? ?service (is )?(refused|denied|unavailable|not available)\b/,
  /\b(administrative|administratively|admin)\b[^.;]{0,20}\b(prohibit(ed|ion)|denied|blocked|refused|rejected)\b|\bprohibit(ed|ion)\b/,
  /\bblock(ed|ing)?\b|\bbanned\b|\bpolic(y|ies)\b|\breputation\b|\bnot (allowed|authorized|authorised|permitted)\b|\bdenied\b/,
  /\b(content|message|mail|header|url|link|attachment|envelope)s?( was| is| has been)?( been)? (rejected|refused|denied|filtered|not (accepted|acceptable)|unacceptable|restricted)\b/,
  /\b(rejected|refused|denied|filtered|restricted)\b[^.;]{0,30}\b(content|filter(s|ing)?|rules?|security|restrictions?)\b|\bcontent (filter|restriction|scan)/,
];

const FULL = [
  /\b(mailbox|inbox|account|user|recipient)\b[^.;]{0,40}\b(is )?(full|over ?quota|over (its |the )?(quota|limit))\b|\bquota (is |has been )?(exceeded|full)\b|\bexceed(s|ed) (its |the |storage )?(quota|allocation)\b|\bout of storage\b|\binsufficient (system |mailbox |disk )?(storage|space)\b/,
  /\b(over|exceeded|exceeds)\b[^.;]{0,30}\b(quota|storage)\b|\bnot enough (storage|space)\b|\b(mailbox|inbox|storage)( has| is| was)? exceed(s|ed)\b|\b(storage|disk|space|quota)\b[^.;]{0,20}\b(limit|full|reached)\b/,
  /\breceiving (mail|email) (at a rate|too quickly)\b/,
];

/** Microsoft 365 says so of unknown recipients, and of a domain that is being set up. */
const PERHAPS = [/\brecipient address rejected: access denied\b/];

const NO_MAILBOX = [
  /\bno such (user|mailbox|recipient|address|account|person|local user)\b|\bno (mailbox|user|account) (here|by that name)\b/,
  /\b(user|recipient|mailbox|account|address|alias)( is)? (unknown|not found|not known|invalid)\b|\b(user|recipient|mailbox|account|address)[: ]+\S+ (is )?(unknown|not found)\b|\bunknown (or illegal )?(user|recipient|mailbox|alias|local[- ]part|address)\b/,
  /\b(user|recipient|mailbox|account|email account|address)\b[^.;]{0,60}\b(does ?n[o'’]t|does not|do not) exist\b|\b(does not|does ?n[o'’]t|no longer) exists?\b/,
  /\b(user|account|mailbox)\b[^.;]{0,40}\b(is |has been |was )?(disabled|deactivated|terminated|discontinued|closed|inactive)\b/,
  /\bthis user does ?n[o'’]t have an? \S+ account\b|\bnot a valid (recipient|mailbox|user)\b|\b(invalid|bad) (recipient|mailbox)\b/,
];

const TOO_LARGE = [/\b(message|mail|size)\b[^.;]{0,40}\b(too (large|big)|exceeds|larger than)\b/];

/** RFC 5321 says no more than this of a 550; the page beside it is then everybody's. */
const OPEN = [/\bmailbox unavailable\b/];
/** Where nothing else is said: whom to ask, as nobody sends a stranger to the postmaster about a mailbox that is not there, and whose address. */
const HELP = [/\b(post|web)master\b/, /(?<![\d.])\d{1,3}(\.\d{1,3}){3}(?![\d.]*\d)/];
const HELP_PAGE = [/postmaster|block|black|spam|senderguide|sender|reputation|unsolicited|bulk|abuse|delist|rbl|policy|auth/];

const PAGE = /\bhttps?:\/\/\S+/g;

/** What the words of a reply (lower case) mean beside what its code does; null when they say nothing. */
export function wordsMean(words: string, byCode: Refusal | null): Refusal | null {
  const text = words.replace(PAGE, ' ');
  if (says(text, SURELY_US)) return 'sender';
  if (says(text, FULL)) return 'soft';
  if (says(text, PERHAPS)) return 'doubtful';
  if (says(text, TOO_LARGE)) return 'message';
  const gone = namesNoMailbox(words);
  if (says(text, LIKELY_US) && byCode !== 'message') return gone || byCode === 'mailbox' ? 'doubtful' : 'sender';
  if (gone) return 'mailbox';
  if (says(text, OPEN)) return null;
  return says(text, HELP) || says((words.match(PAGE) ?? []).join(' '), HELP_PAGE) ? 'sender' : null;
}

/** Whether the words say that there is no such mailbox, whatever else they say. */
export function namesNoMailbox(words: string): boolean {
  return says(words.replace(PAGE, ' '), NO_MAILBOX);
}

function says(text: string, kinds: readonly RegExp[]): boolean {
  return kinds.some(kind => kind.test(text));
}
