const READABLE =
  /^(?:text\/|application\/(?:[\w.-]+\+)?(?:json|xml)\b|application\/(?:x-)?(?:javascript|ndjson|gzip|json-seq)\b|[\w.-]+\/[\w.-]+\+(?:json|xml)\b)/i;
const UNTOLD = /^(?:application\/(?:octet-stream|binary)|binary\/octet-stream)?(?:;|$)/i;
const SNIFFED = 1024;

/** Whether a content type is text somebody here can read; null when it says nothing about it. */
export function isTextType(contentType: string): boolean | null {
  return READABLE.test(contentType) || (UNTOLD.test(contentType) ? null : false);
}

/** Text of a body: the byte order mark decides, then the charset of the header, then what the HTML or XML says in its first 1024 bytes, then UTF-8. */
export function decodeText(bytes: Uint8Array, contentType: string): string {
  const label = marked(bytes) ?? parameter(contentType) ?? declared(bytes, contentType) ?? 'utf-8';
  return decoderFor(label).decode(bytes);
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
