import { isUtf8 } from 'node:buffer';

const READABLE =
  /^(?:text\/|application\/(?:[\w.-]+\+)?(?:json|xml)\b|application\/(?:x-)?(?:javascript|ndjson|gzip|json-seq)\b|[\w.-]+\/[\w.-]+\+(?:json|xml)\b)/i;
const UNTOLD = /^(?:application\/(?:octet-stream|binary)|binary\/octet-stream)?(?:;|$)/i;
const SNIFFED = 1024;
/** The bytes of UTF-8 that each byte of windows-1252 becomes. */
const WINDOWS_1252 = Array.from({ length: 256 }, (_, byte) => Buffer.from(new TextDecoder('windows-1252').decode(Uint8Array.of(byte))));
const LONGEST_OF_WINDOWS = 3;
/** How long a character is that begins with a byte; 0 where none does. */
const LENGTHS = Uint8Array.from({ length: 256 }, (_, lead) => {
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
});
type Range = readonly [least: number, most: number];
const FOLLOWING: Range = [0x80, 0xbf];
/** First bytes behind which not every other byte may follow: no longer form than needed, no surrogates, nothing above U+10FFFF. */
const SECOND_BYTES: Readonly<Record<number, Range>> = {
  224: [0xa0, 0xbf],
  237: [0x80, 0x9f],
  240: [0x90, 0xbf],
  244: [0x80, 0x8f],
};

/** Whether a content type is text somebody here can read; null when it says nothing about it. */
export function isTextType(contentType: string): boolean | null {
  return READABLE.test(contentType) || (UNTOLD.test(contentType) ? null : false);
}

/**
 * Text of a body: the byte order mark decides, then the charset of the header, then what the HTML or XML says in its first 1024 bytes, then UTF-8.
 * Bytes that are no UTF-8 where it should be are read as windows-1252: systems paste what people typed elsewhere into their pages as it is.
 */
export function decodeText(bytes: Uint8Array, contentType: string): string {
  const label = marked(bytes) ?? parameter(contentType) ?? declared(bytes, contentType) ?? 'utf-8';
  const decoder = decoderFor(label);
  return decoder.encoding === 'utf-8' && !isUtf8(bytes) ? decodeMixed(bytes) : decoder.decode(bytes);
}

/** Copies what is UTF-8, and writes each other byte as what it is in windows-1252: once over the bytes, however they are mixed. */
function decodeMixed(bytes: Uint8Array): string {
  const written = Buffer.allocUnsafe(bytes.length * LONGEST_OF_WINDOWS);
  let end = 0;
  for (let at = 0; at < bytes.length; ) {
    const length = lengthOfCharacter(bytes, at);
    if (length > 0) for (const last = at + length; at < last; at++) written[end++] = bytes[at]!;
    else for (const byte of WINDOWS_1252[bytes[at++]!]!) written[end++] = byte;
  }
  return written.toString('utf8', 0, end);
}

function isWithin(byte: number | undefined, [least, most]: Range): boolean {
  return byte !== undefined && byte >= least && byte <= most;
}

/** How many bytes of UTF-8 the character at `at` has; 0 where none begins (Unicode 16, table 3-7). */
function lengthOfCharacter(bytes: Uint8Array, at: number): number {
  const lead = bytes[at]!;
  const length = LENGTHS[lead]!;
  if (length > 1 && !isWithin(bytes[at + 1], SECOND_BYTES[lead] ?? FOLLOWING)) return 0;
  for (let next = 2; next < length; next++) if (!isWithin(bytes[at + next], FOLLOWING)) return 0;
  return length;
}

function marked(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 'utf-8' : null;
}

function parameter(contentType: string): string | null {
  return /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType)?.[1] ?? null;
}

function declared(bytes: Uint8Array, contentType: string): string | null {
  if (/json|javascript/i.test(contentType)) return null;
  const head = Buffer.from(bytes.subarray(0, SNIFFED)).toString('latin1');
  const told =
    /<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)/i.exec(head) ?? /^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)/i.exec(head);
  // A page that can be read as ASCII up to this declaration is not UTF-16, whatever it says (HTML standard).
  return told ? told[1]!.replace(/^utf-16.*/i, 'utf-8') : null;
}

function decoderFor(label: string): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(label);
  } catch (error) {
    // A label nobody knows says nothing; RangeError is how the standard tells.
    if (error instanceof RangeError) return new TextDecoder('utf-8');
    throw error;
  }
}
