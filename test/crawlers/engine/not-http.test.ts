import { afterEach, describe, expect, it } from 'vitest';
import { closeAll, engine, site } from './support.ts';

afterEach(closeAll);

/** Answers with these bytes and nothing of HTTP's own. */
const raw = (bytes: string) => site(request => request.socket.end(Buffer.from(bytes, 'latin1')));

describe('an answer that is not HTTP', () => {
  it.each([
    ['of a mail server', '220 mail.example ESMTP\r\n'],
    ['of an SSH server', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['of bare HTML', '<html>hello</html>'],
    ['of another version', 'HTTP/9.1 200 OK\r\n\r\n'],
    ['with a status that is none', 'HTTP/1.1 abc OK\r\n\r\n'],
    ['with a header that is none', 'HTTP/1.1 200 OK\r\nA\0B: c\r\n\r\n'],
    ['with a length that is none', 'HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\n'],
    ['with a chunk that is none', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'],
    ['that changes the protocol', 'HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'],
  ])('%s ends as E_CONTENT with a sentence, asked once', async (_of, bytes) => {
    const there = await raw(bytes);
    const given = await engine([there]).get(there.url);
    expect(given).toMatchObject({ kind: 'failed', code: 'E_CONTENT', message: expect.stringContaining('it is not HTTP (') });
    expect(there.asked).toHaveLength(1);
  });

  it.each([
    ['whose length is not what it says', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n', 'E_CONTENT'],
    ['whose headers are endless', `HTTP/1.1 200 OK\r\nA: ${'x'.repeat(70_000)}\r\n\r\n`, 'E_TOO_LARGE'],
    ['that breaks off in its headers', 'HTTP/1.1 200 OK\r\nContent-Le', 'E_NETWORK'],
    ['that breaks off in its body', 'HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nabc', 'E_NETWORK'],
  ])('%s ends as a coded error that is no fault of ours', async (_of, bytes, code) => {
    const there = await raw(bytes);
    expect(await engine([there]).get(there.url)).toMatchObject({ kind: 'failed', code });
  });
});
