import { describe, expect, test } from 'vitest';
import { type Refusal, refusalOf } from '../../src/digest/replies.ts';

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

  ['450 4.7.1 greylisted', 'throttled'],
  ['451 4.7.650 The mail server [192.0.2.1] has been temporarily rate limited due to IP reputation', 'throttled'],
  ['451 [TSS04] Messages from 192.0.2.1 temporarily deferred', 'throttled'],

  ['552 5.3.4 Message size exceeds fixed limit', 'message'],
  ['552 5.2.3 message too long for this mailbox', 'message'],
  ['554 5.6.0 malformed', 'message'],
];

describe('a reply to a recipient', () => {
  test.each(REPLIES)('“%s” means %s', (text, means) => {
    expect(refusalOf({ code: Number(text.slice(0, 3)), text, at: 'recipient' })).toBe(means);
  });
});

test('a bare refusal of the text is about the text, unless its words say otherwise', () => {
  const means = (text: string) => refusalOf({ code: Number(text.slice(0, 3)), text, at: 'text' });
  expect(means('554 transaction failed')).toBe('message');
  expect(means('550 no')).toBe('message');
  expect(means("554 delivery error: dd This user doesn't have a yahoo.com account")).toBe('mailbox');
  expect(means('554 looks like spam')).toBe('message');
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
