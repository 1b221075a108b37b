import { isUtf8 } from 'node:buffer';

const READABLE =
  /^(?:text\/|application\/(?:[\w.-]+\+)?(?:json|xml)\b|application\/(?:x-)?(?:javascript|ndjson|gzip|json-seq)\b|[\w.-]+\/[\w.-]+\+(?:json|xml)\b)/i;
const UNTOLD = /^(?:application\/(?:octet-stream|binary)|binary\/octet-stream)?(?:;|$)/i;
const SNIFFED = 1024;
/** One character of UTF-8 beyond ASCII, byte by byte, as the standard allows it. */
const UTF8 =
  /^(?:[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf4][\x80-\xbf]{3})$/;
/** What may be one, else a single byte. */
const NOT_ASCII = /[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}|[\x80-\xff]/g;

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

function decodeMixed(bytes: Uint8Array): string {
  const [utf8, windows] = [new TextDecoder('utf-8'), new TextDecoder('windows-1252')];
  return Buffer.from(bytes)
    .toString('latin1')
    .replace(NOT_ASCII, run => (UTF8.test(run) ? utf8 : windows).decode(Buffer.from(run, 'latin1')));
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
