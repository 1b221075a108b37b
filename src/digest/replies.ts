import type { Refusal } from './reply-words.ts';
import { namesNoMailbox, wordsMean } from './reply-words.ts';

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
/** Where others put it: marked as a code within the text, behind a quoted reply code, or at the end. Never a part of an address. */
const ELSEWHERE = /(?:[([#]|\b[45]\d\d[ -]#?)([45]\.\d{1,3}\.\d{1,3})(?![.\d])|(?<![.\d\w])([45]\.\d{1,2}\.\d{1,3})[)\].]*\s*$/;

/**
 * What a reply of 4xx or 5xx means. `code` is the reply code (0 when unknown), `status` the enhanced code of a report (a server's stands in
 * its text), `at` what it was said to: the recipient or the text of the mail. Words outweigh a code that says nothing (5.0.0, 5.5.0) or none
 * at all; where code and words contradict each other, neither is believed at once.
 */
export function refusalOf({ code, status, text, at }: { code: number; status?: string; text: string; at: 'recipient' | 'text' }): Refusal {
  const enhanced = precise(status) ?? precise(statusIn(text.trim()));
  const byCode = CODES.find(row => row.code.test(enhanced ?? ''))?.means ?? null;
  const words = text.toLowerCase();
  const byWords = wordsMean(words, byCode);
  if ((code >= 400 && code < 500) || enhanced?.startsWith('4.')) {
    return byCode === 'throttled' || byCode === 'sender' || byWords === 'sender' ? 'throttled' : 'soft';
  }
  if (byCode === 'mailbox' && namesNoMailbox(words)) return 'mailbox';
  if (byCode === null) return byWords ?? BARE[code] ?? (at === 'text' ? 'message' : 'doubtful');
  return byWords === null ? byCode : weighed(byCode, byWords);
}

/** What an enhanced code and words mean together. */
function weighed(byCode: Refusal, byWords: Refusal): Refusal {
  if (byWords === byCode || byCode === 'doubtful') return byWords;
  if (byWords === 'mailbox') return 'doubtful';
  return byWords === 'message' || byCode === 'sender' ? byCode : byWords;
}

function statusIn(text: string): string | undefined {
  const own = ENHANCED.exec(text)?.[1];
  if (own !== undefined) return own;
  const [, marked, last] = ELSEWHERE.exec(text) ?? [];
  return marked ?? last;
}

/** An enhanced code that says something; null for none and for "other or undefined". */
function precise(status: string | undefined): string | null {
  return status === undefined || /^5\.0\.\d+$/.test(status) ? null : status;
}
