import { describe, expect, test } from 'vitest';
import { refusalOf } from '../../src/digest/replies.ts';
import type { Refusal } from '../../src/digest/reply-words.ts';

/** What servers say to a recipient (or, marked so, to the text), and what it must mean. */
const REPLIES: [string, Refusal][] = [
  ['550 5.1.1 The email account that you tried to reach does not exist. https://support.google.com/mail/?p=NoSuchUser', 'mailbox'],
  ['550-5.1.1 The email account that you tried to reach does not exist. Please try\n550 5.1.1 double-checking', 'mailbox'],
  ['550 5.1.0 Address rejected', 'mailbox'],
  ['550 5.1.2 Bad destination system', 'mailbox'],
  ['550 5.1.3 Bad address syntax', 'mailbox'],
  ['550 5.1.6 Mailbox has moved', 'mailbox'],
  ['550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup', 'mailbox'],
  ['550 #5.1.0 Address rejected.', 'mailbox'],
  ['550 5.2.1 The email account that you tried to reach is disabled', 'mailbox'],
  ['550 5.1.1 user unknown, see https://example.org/anti-spam', 'mailbox'],
  ["554 delivery error: dd This user doesn't have a yahoo.com account (a@yahoo.com) [0]", 'mailbox'],
  ['550 no such user here', 'mailbox'],
  ['550 User unknown in virtual mailbox table', 'mailbox'],
  ['554 30 Sorry, your message cannot be delivered. This mailbox is disabled (554.30)', 'mailbox'],
  ['556 this domain takes no mail', 'mailbox'],

  ['550 Requested action not taken: mailbox unavailable', 'doubtful'],
  ['550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302)', 'doubtful'],
  ['550 5.0.0 no', 'doubtful'],
  ['550 no', 'doubtful'],
  ['550 5.4.1 Recipient address rejected: Access denied. AS(201806281)', 'doubtful'],
  ['550 5.7.1 Recipient address rejected: user unknown', 'doubtful'],
  ['550 5.1.4 ambiguous', 'doubtful'],

  ['552 5.2.2 mailbox full', 'soft'],
  ['552-5.2.2 The email account that you tried to reach is over quota', 'soft'],
  ['552 requested mail action aborted: exceeded storage allocation', 'soft'],
  ['550 user is over quota', 'soft'],
  ['550 5.2.1 The user you are trying to contact is receiving mail at a rate that prevents additional messages', 'soft'],
  ['450 mailbox busy', 'soft'],
  ['451 4.2.0 mailbox busy', 'soft'],
  ['550 5.4.7 delivery expired', 'soft'],

  ['554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org', 'sender'],
  ['550 blocked using zen.spamhaus.org', 'sender'],
  ['554 5.7.1 IP on block list', 'sender'],
  ['550 5.7.1 Unfortunately, messages from [192.0.2.1] were not sent. Part of their network is on our block list (S3140)', 'sender'],
  ['550 5.7.26 This mail has been blocked because the sender is unauthenticated.', 'sender'],
  ['550-5.7.1 [192.0.2.1] Our system has detected that this message is\n550 5.7.1 likely unsolicited mail', 'sender'],
  ['554 5.7.9 Message not accepted for policy reasons', 'sender'],
  ['553 5.7.1 [BL21] Connections not accepted from IP addresses on Spamhaus PBL', 'sender'],
  ['550 SC-001 (BAY004) Unfortunately, messages from 192.0.2.1 weren’t sent', 'sender'],
  ['550 5.1.8 Access denied, bad outbound sender', 'sender'],
  ['550 5.1.0 <digest@jobs.example>: Sender address rejected: Domain not found', 'sender'],
  ['550 5.4.5 Daily user sending limit exceeded', 'sender'],
  ['554 5.7.1 Relay access denied', 'sender'],
  ['550 spam source', 'sender'],
  ['550 5.1.1 blocked using Trend Micro Email Reputation', 'sender'],

  ['550 Administrative prohibition - envelope blocked - https://community.mimecast.com/docs/DOC-1369#550', 'sender'],
  ['554 IP=203.0.113.5 - A problem occurred. (Ask your postmaster for help or to contact tobr@rx.t-online.de to clarify.)', 'sender'],
  ['550 Rejected by header based Anti-Spoofing policy', 'sender'],
  ['550 permanent failure for one or more recipients (v@x.example:blocked)', 'sender'],
  ['550 Access denied - Invalid HELO name (See RFC2821 4.1.1.1)', 'sender'],
  ["553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)", 'sender'],

  ['450 4.7.1 greylisted', 'throttled'],
  ['451 4.7.650 The mail server [192.0.2.1] has been temporarily rate limited due to IP reputation', 'throttled'],
  ['451 [TSS04] Messages from 192.0.2.1 temporarily deferred', 'throttled'],

  ['552 5.3.4 Message size exceeds fixed limit', 'message'],
  ['552 5.2.3 message too long for this mailbox', 'message'],
  ['554 5.6.0 malformed', 'message'],
];

/** The same of other wordings, as the servers of providers large and small have them. */
const WORDINGS: [string, Refusal][] = [
  // Rules of theirs about our server, name or address.
  ['550 Administrative prohibition', 'sender'],
  ['550 Envelope blocked - User Entry', 'sender'],
  ['554 Email rejected due to security policies - https://community.mimecast.com/docs/DOC-1369#554', 'sender'],
  ['554 Blocked - see https://ipcheck.proofpoint.com/?ip=203.0.113.5', 'sender'],
  ['550 Your message was rejected because of your IP. Please visit https://postmaster.yandex.example', 'sender'],
  ['554 Bad DNS PTR resource record.', 'sender'],
  ['554 No SMTP service. IP address is black listed. For explanation visit https://www.gmx.example/mail/senderguidelines?c=bl', 'sender'],
  ['550 Reject due to policy restrictions. For explanation visit https://postmaster.web.example/case?c=hi', 'sender'],
  ['550 OU-002 (SNT004-MC1F) Unfortunately, messages from 203.0.113.5 weren’t sent.', 'sender'],
  ['550 HELO argument does not match calling host', 'sender'],
  ['550 Rejected because 203.0.113.5 is in a black list at bl.spamcop.net', 'sender'],
  ['550 You are not allowed to send mail to this address', 'sender'],
  ['554 Denied (Mode: normal)', 'sender'],
  ['550 Sender verify failed', 'sender'],
  ['550 Connection refused by reputation filter', 'sender'],
  ['550 host not permitted to relay through this server', 'sender'],
  ['553 we do not relay', 'sender'],
  ['550 Sorry, your mail server has been banned', 'sender'],
  ['521 Server does not accept mail from your network', 'sender'],
  ['550 DMARC check failed', 'sender'],

  // The enhanced code somewhere else.
  ['550 Your host is unwelcome here (#5.7.1)', 'sender'],
  ['553 sorry, your envelope sender has been denied (#5.7.1)', 'sender'],
  ['550 sorry, no mailbox here by that name. (#5.1.1)', 'mailbox'],
  ["550 Sorry, I couldn't find that one. (#5.1.1)", 'mailbox'],
  ['552 Message is over the limit here (#5.2.3)', 'message'],
  ['552 sorry, that message size exceeds my databytes limit (#5.3.4)', 'message'],
  ['550 Rejected [5.7.1]', 'sender'],
  ['554 Error: host mx.example said: 550 5.1.1 nobody of that name', 'mailbox'],
  ['554 Not today, 5.7.1', 'sender'],
  ['552 The user has no room left (#5.2.2)', 'soft'],

  // Nobody there.
  ['550 Unrouteable address: unknown user', 'mailbox'],
  ['550 <a@example.org>: Recipient address rejected: User unknown in local recipient table', 'mailbox'],
  ['550 Invalid Recipient - https://community.mimecast.com/docs/DOC-1369#550', 'mailbox'],
  ['550 The account does not exist', 'mailbox'],
  ['550 Recipient not found', 'mailbox'],
  ['550 Unknown recipient', 'mailbox'],
  ['550 Account has been disabled', 'mailbox'],
  ['550 Mailbox not found', 'mailbox'],
  ["550 that address doesn't exist here", 'mailbox'],
  ['550 User not found: a@example.org', 'mailbox'],

  // More of all of these.
  ['550 Message rejected. Your IP does not match its claimed identity', 'sender'],
  ['550 Cannot accept mail from you', 'sender'],
  ['550 We do not accept mail from dynamic IPs', 'sender'],
  ['554 Your access to this mail system has been rejected due to the sending MTA’s poor reputation.', 'sender'],
  ['554 Blocked by Sophos', 'sender'],
  ['550 Sender domain does not exist', 'sender'],
  ['550 Domain of sender address does not resolve', 'sender'],
  ['553 Sorry, this domain is not in my rcpthosts', 'sender'],
  ['550 Must issue a STARTTLS command first', 'sender'],
  ['550 Unable to verify sender', 'sender'],
  ['550 Verification failed for <a@example.org>', 'sender'],
  ['554 Client host rejected: cannot find your hostname', 'sender'],
  ['450 Client host rejected: cannot find your reverse hostname', 'throttled'],
  ['504 Helo command rejected: need fully-qualified hostname', 'sender'],
  ['550 Mail appears to be unsolicited', 'sender'],
  ['550 CHKUSER no such recipient', 'mailbox'],
  ['511 sorry, no mailbox here by that name', 'mailbox'],
  ['550 Address unknown', 'mailbox'],
  ['550 Account not available', 'doubtful'],
  ['550 Recipient refused', 'doubtful'],
  ['554 Recipient address rejected: Undeliverable address', 'doubtful'],
  ['550 This mailbox is inactive', 'mailbox'],
  ['550 a@example.org... User unknown', 'mailbox'],
  ['550 Mailbox disabled, not accepting messages', 'mailbox'],
  ['550 Recipient not authorized', 'sender'],
  ['550 You are on a private list of unwanted senders', 'sender'],
  ['554 Intrusion prevention active for [203.0.113.5]', 'sender'],
  ['550 Sorry, 203.0.113.5 is listed in RBL', 'sender'],
  ['550 Mailbox full', 'soft'],
  ['552 Over quota', 'soft'],
  ['552 Disk quota exceeded', 'soft'],
  ['550 Storage limit reached', 'soft'],
  ['550 Mail from 203.0.113.5 is refused', 'sender'],
  ['554 Refused. You have no reverse DNS entry', 'sender'],
  ['550 Your domain is not welcome', 'sender'],
  ['550 Transaction blocked by firewall', 'sender'],
  ['554 Security filter: connection rejected', 'sender'],
  ['550 Relaying not allowed', 'sender'],
  ['550 This system is not configured to relay mail', 'sender'],
  ['550 SPF fail - not authorized', 'sender'],
  ['550 Invalid HELO/EHLO', 'sender'],
  ['550 rejecting because of sender policy', 'sender'],
  ['550 5.0.0 Reject - poor IP score', 'sender'],
  ['550 Authentication required for relay', 'sender'],
  ['550 no such mailbox: bob', 'mailbox'],
  ['550 The recipient does not exist', 'mailbox'],
  ['550 This account no longer exists', 'mailbox'],
  ['550 No such person at this address', 'mailbox'],
  ['550 unknown user bob', 'mailbox'],
  ['550 User bob@x.example unknown', 'mailbox'],
  ['550 <bob@x.example> does not exist', 'mailbox'],
  ['550 No user here', 'mailbox'],
  ['552 Mailbox over limit', 'soft'],
  ['550 user mailbox exceeds allowed size', 'soft'],
  ['554 mailbox storage exceeded', 'soft'],
  ['552 Recipient inbox is full', 'soft'],
  ['550 quota is full', 'soft'],
  ['550 Mail quota exceeded for user', 'soft'],
  ['550 Access from your country is refused', 'sender'],
  ['554 Mail from your provider is not welcome', 'sender'],
  ['550 IP address 203.0.113.5 has no PTR', 'sender'],
  ['550 Host is on our deny list', 'sender'],
  ['550 Rejected - generic hostname', 'sender'],
  ['550 mail not accepted from blacklisted IP', 'sender'],
  ['550 Recipient blocked this address', 'sender'],
  ['554 You are sending too much', 'sender'],
  ['550 policy violation', 'sender'],
  ['553 this host is not allowed to send for this domain', 'sender'],
  ['550 bob: user does not exist', 'mailbox'],
  ['550 There is no such account', 'mailbox'],
  ['550 Recipient is unknown', 'mailbox'],
  ['550 Address does not exist', 'mailbox'],
  ['550 Mailbox has been closed', 'mailbox'],
  ['550 Unknown user: bob@x.example', 'mailbox'],
  ['550 Invalid recipient bob@x.example', 'mailbox'],
  ['550 No mailbox by that name is here', 'mailbox'],
  ['552 mailbox is over quota', 'soft'],
  ['552 Quota exceeded (mailbox for user is full)', 'soft'],
  ['550 mailbox has exceeded the limit', 'soft'],
  ['554 user over quota', 'soft'],

  // Left open.
  ['550 Not our customer', 'doubtful'],
  ['550 Recipient address rejected: unlisted', 'doubtful'],
  ['550 Unrouteable address', 'doubtful'],
  ['550 Mailbox unavailable', 'doubtful'],
  [
    '550-Requested action not taken: mailbox unavailable\n550 For explanation visit https://postmaster.gmx.example/case?c=r0103',
    'doubtful',
  ],
  ['550 rejected', 'doubtful'],
  ['554 Transaction failed', 'doubtful'],
  ['550 Sorry', 'doubtful'],
  ['553 Requested action not taken', 'doubtful'],
  ['550 No such user, or blocked by our policy', 'doubtful'],
  ['550 user unknown (spam trap)', 'doubtful'],
  ['550 5.5.0 Delivery not possible', 'doubtful'],
  ['554 delivery error', 'doubtful'],

  ['550 5.1.1 Recipient rejected by the security gateway', 'doubtful'],
  ['550 5.1.1 Unknown recipient, rejected by the security gateway', 'mailbox'],
  ['554 5.6.0 Message rejected: malformed', 'message'],

  // Full.
  ['552 Mailbox is full', 'soft'],
  ['550 Mailbox quota exceeded', 'soft'],
  ["550 The recipient's mailbox is over its quota", 'soft'],
  ['552 Requested mail action aborted: storage allocation exceeded', 'soft'],
  ['554 The user has exceeded the storage quota', 'soft'],
  ['550 Not enough storage space', 'soft'],
  ['554 Inbox full', 'soft'],
  ['552 Account is over quota', 'soft'],
  ['550 Insufficient disk space', 'soft'],
  ['550 Quota has been exceeded for this mailbox', 'soft'],
];

/** What they say after the text when they take it for spam, without a code. */
const TEXTS: string[] = [
  '550 High probability of spam',
  '550 spam message rejected',
  '554 Message rejected as spam',
  '550 content rejected',
  '554 rejected due to spam content',
  '550 This message was classified as SPAM and may not be delivered',
  '550 Message content rejected, UBE, id=12345-01',
  '554 This message has been identified as junk',
  '550 Rejected by content scanner',
  '554 Mail content denied. http://service.mail.example/cgi-bin/help?subtype=1',
  '550 Message contains a suspicious link',
  '554 Spam detected by SpamAssassin (score 7.2)',
  '550 Your message looks like phishing',
  '552 Message blocked due to spam content in the message.',
  '550 Blacklisted URL in message. (example.com) in [black].',
  '554 Message refused',
  '550 This looks like spam',
  '554 Message refused by content filter',
  '550 mail considered unsolicited',
  '554 Rejected for spam reasons',
  '550 spamassassin score too high',
  '554 blocked content',
  '550 URL in body listed on SURBL',
  '550 Classified as UCE',
  '550 UBE detected',
  '554 Message scored too high',
  '550 Unwanted content',
  '554 Message not allowed - [298]',
  '554 Message not accepted',
  '554 Message contains forbidden content',
  '550 Mail rejected by Windows Live Hotmail for policy reasons',
  '554 rejected: advertisement',
  '550 Error: content rejected',
  '554 Transaction failed: this looks like a bulk mailing',
  '550 message infected',
  '554 scanned and rejected',
  '550 junk mail not wanted',
  '554 Rejected (score 15)',
  '550 DKIM signature invalid',
  '550 Looks like SPAM to me',
  '554 Rejected: Bayes spam probability 99%',
  '550 Filtered by content policy',
  '550 Message blocked, please contact abuse@x.example',
  '554 We do not want your kind of messages',
  '550 Identified as phishing',
  '550 Your email contains blacklisted links',
  '554 Content not acceptable',
  '550 Mail rejected by rspamd',
];

describe('a reply to a recipient', () => {
  test.each([...REPLIES, ...WORDINGS])('“%s” means %s', (text, means) => {
    expect(refusalOf({ code: Number(text.slice(0, 3)), text, at: 'recipient' })).toBe(means);
  });
});

test.each(TEXTS)('“%s” to the text is about us and not about the reader', text => {
  expect(refusalOf({ code: Number(text.slice(0, 3)), text, at: 'text' })).toBe('sender');
});

test('a bare refusal of the text is about the text, unless its words say otherwise', () => {
  const means = (text: string) => refusalOf({ code: Number(text.slice(0, 3)), text, at: 'text' });
  expect(means('554 transaction failed')).toBe('message');
  expect(means('550 no')).toBe('message');
  expect(means("554 delivery error: dd This user doesn't have a yahoo.com account")).toBe('mailbox');
  expect(means('554 looks like spam')).toBe('sender');
  expect(means('554 blocked using zen.spamhaus.org')).toBe('sender');
  expect(means('554 5.7.1 looks like spam')).toBe('sender');
});

test('a report that leaves it open is read by the reply it quotes', () => {
  const means = (status: string, text: string) => refusalOf({ code: 0, status, text, at: 'recipient' });
  expect(means('5.0.0', 'smtp; 550 5.1.1 no such user')).toBe('mailbox');
  expect(means('5.0.0', 'smtp; 550 5.7.1 blocked')).toBe('sender');
  expect(means('5.7.1', '')).toBe('sender');
  expect(means('5.2.2', '')).toBe('soft');
  expect(means('4.4.7', 'smtp; 550 no such user')).toBe('soft');
  expect(means('5.0.0', '')).toBe('doubtful');
});
