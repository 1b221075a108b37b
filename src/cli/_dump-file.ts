import { randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { messageOf, mistake, OmbreError } from '../errors.ts';
import { type DumpPart, readDump } from '../store/dump/format.ts';

const GZIP = Buffer.from([0x1f, 0x8b]);

/**
 * Writes an export to a file, compressed when its name ends in .gz, or to stdout for `-`. A file is there whole or not at all: it is
 * written beside, brought to the disk and renamed. Only its owner can read it, as it holds addresses and perhaps keys.
 */
export async function writeDump(file: string, lines: AsyncGenerator<string>, signal: AbortSignal): Promise<void> {
  if (file === '-') {
    // Unlike a list that somebody pages through, a backup whose reader has gone is none.
    await pipeline(Readable.from(lines), process.stdout, { signal, end: false }).catch(error => {
      throw signal.aborted ? signal.reason : asFileMistake(file, error);
    });
    return;
  }
  const target = await targetOf(file);
  const draft = `${target}.${randomBytes(4).toString('hex')}.part`;
  try {
    // With `flush` the stream ends only when the disk has the bytes.
    const out = createWriteStream(draft, { flags: 'wx', mode: 0o600, flush: true });
    const source = Readable.from(lines);
    await (file.endsWith('.gz') ? pipeline(source, createGzip(), out, { signal }) : pipeline(source, out, { signal })).catch(
      rethrow(signal),
    );
    await rename(draft, target);
    const folder = await open(dirname(resolve(target)));
    await folder.sync().finally(() => folder.close());
  } catch (error) {
    await rm(draft, { force: true });
    throw asFileMistake(file, error);
  }
}

/** Where a link leads, so that it is not replaced; what is no file (a device, a folder) must not be replaced either. */
async function targetOf(file: string): Promise<string> {
  const there = await stat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw asFileMistake(file, error);
  });
  if (there === null) return file;
  if (!there.isFile()) throw mistake('E_INPUT', 'FILE', file, 'a file, or - for stdout');
  return await realpath(file);
}

/** The parts of an export file, of `-` stdin, compressed or not, whatever its name. Throws E_INPUT as soon as it is known to be damaged. */
export async function* readDumpFile(file: string): AsyncGenerator<DumpPart> {
  const name = file === '-' ? 'the input' : file;
  const source: Readable = file === '-' ? process.stdin : createReadStream(file);
  try {
    yield* readDump(name, unzipped(source));
  } catch (error) {
    if (String((error as NodeJS.ErrnoException).code).startsWith('Z_')) {
      throw new OmbreError('E_INPUT', `${name} cannot be used: it is cut off or damaged (${messageOf(error)}); nothing was written`);
    }
    throw asFileMistake(file, error);
  } finally {
    source.destroy();
  }
}

async function* unzipped(source: Readable): AsyncGenerator<Buffer> {
  const chunks = source[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const first = await chunks.next();
  if (first.done) return;
  const all = async function* () {
    yield first.value;
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
  };
  if (!first.value.subarray(0, 2).equals(GZIP)) {
    yield* all();
    return;
  }
  const gunzip = createGunzip();
  // What fails here is thrown where the bytes are read, below.
  const filling = pipeline(Readable.from(all(), { objectMode: false }), gunzip).catch(() => undefined);
  yield* gunzip as AsyncIterable<Buffer>;
  await filling;
}

function rethrow(signal: AbortSignal): (error: unknown) => never {
  return error => {
    throw signal.aborted ? signal.reason : error;
  };
}

/** What the file system says of the operator's own path is told as a mistake in it. */
function asFileMistake(file: string, error: unknown): unknown {
  const allowed: Readonly<Record<string, string>> = {
    ENOENT: 'a path whose folder, and for an import whose file, is there',
    ENOTDIR: 'a path whose folder is there',
    EISDIR: 'a file, not a folder',
    EACCES: 'a file this user can read or write',
    EROFS: 'a file on a disk that can be written',
    ENOSPC: 'a file on a disk with space left',
    EPIPE: 'a pipe whose reader takes all of it; the reader of the pipe ended before the export did',
  };
  const { code, syscall } = error as NodeJS.ErrnoException;
  const said = code !== undefined && syscall !== undefined ? allowed[code] : undefined;
  return said === undefined ? error : mistake('E_INPUT', 'FILE', file, said);
}
