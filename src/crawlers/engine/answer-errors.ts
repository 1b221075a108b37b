import { type ErrorCode, OmbreError } from '../../errors.ts';

/** What undici 7 calls an answer that is there and cannot be used. Everything else of it is about the connection. */
const BROKEN: Record<string, { code: ErrorCode; detail: string }> = {
  UND_ERR_HEADERS_OVERFLOW: { code: 'E_TOO_LARGE', detail: 'its headers' },
  UND_ERR_RES_EXCEEDED_MAX_SIZE: { code: 'E_TOO_LARGE', detail: 'its body' },
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: { code: 'E_CONTENT', detail: 'its length is not what its headers say' },
  UND_ERR_SOCKET: { code: 'E_NETWORK', detail: 'the connection ended before the answer did (UND_ERR_SOCKET)' },
};

/** The coded error of an answer that is not HTTP, or breaks off, or contradicts itself; null when the error is about something else. */
export function brokenAnswer(error: unknown): OmbreError | null {
  if (!(error instanceof Error)) return null;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  // "bad upgrade", "bad response": an answer nobody asked for.
  if (code === 'UND_ERR_SOCKET' && error.message.startsWith('bad ')) {
    return new OmbreError('E_CONTENT', `it is not HTTP (${error.message})`, { cause: error });
  }
  // The parser's own code is missing in undici 7.30, which looks it up in a table that is the other way round.
  if (error.name === 'HTTPParserError' || code.startsWith('HPE_')) {
    const [, why] = /\(([^()]*)\)$/.exec(error.message) ?? [];
    return new OmbreError('E_CONTENT', `it is not HTTP${why ? ` (${why})` : ''}`, { cause: error });
  }
  const known = BROKEN[code];
  return known ? new OmbreError(known.code, known.detail, { cause: error }) : null;
}
